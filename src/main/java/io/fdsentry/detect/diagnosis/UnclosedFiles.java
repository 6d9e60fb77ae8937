package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Cause;
import io.fdsentry.model.FdKind;
import org.jspecify.annotations.Nullable;

/// Files and directories rise.
final class UnclosedFiles implements Diagnosis {
    @Override
    public @Nullable Explanation explain(Subject subject) {
        int files = subject.now().rise(FdKind.REGULAR, subject.before())
                + subject.now().rise(FdKind.DIRECTORY, subject.before());
        int all = subject.now().riseOfFds(subject.before());
        if (files < FEW || files < MOST * all) {
            return null;
        }
        String sentence = Phrase.count(files) + " of " + Phrase.count(all)
                + " descriptors more than when the rise began are files and directories"
                + Phrase.pace(subject)
                + ": files are opened and not closed.";
        return new Explanation(Cause.UNCLOSED_FILES, sentence, "");
    }
}
