package io.fdsentry.golang.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/// Hands an answer on as it arrives, and ends it where it is longer than allowed or not what was asked for.
final class BodyReader<T> implements BodySubscriber<T> {
    private final Body<T> body;
    private final Lines lines;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private long left;

    /// @param most bytes that are read
    BodyReader(Body<T> body, long most) {
        this.body = body;
        this.lines = new Lines(body::line);
        this.left = most;
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        try {
            for (ByteBuffer piece : pieces) {
                boolean fits = piece.remaining() <= left;
                ByteBuffer allowed = fits ? piece : piece.slice(piece.position(), (int) left);
                left -= allowed.remaining();
                lines.add(allowed);
                if (!fits) {
                    cancel();
                    finish(false);
                    return;
                }
            }
            request();
        } catch (RuntimeException e) {
            cancel();
            result.completeExceptionally(e);
        }
    }

    private void finish(boolean whole) {
        try {
            lines.end(whole);
            result.complete(body.end(whole));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable error) {
        result.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        finish(true);
    }
}
