package io.fdsentry.golang.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/// Takes nothing of an answer whose status says that it is not what was asked for.
final class NoBody<T> implements BodySubscriber<T> {
    private final CompletableFuture<T> result;

    NoBody(int status) {
        result = CompletableFuture.failedFuture(new Fetch.WrongStatus(status));
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        begun.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
}
