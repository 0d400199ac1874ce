package dev.assay.localstack.command;

/** Why a command cannot do what it was asked for, in one sentence for the person who asked. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    CommandFailure(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
