package dev.gateway4j.api.openai;

/** A body that is no JSON, such as audio or the content of a file: nothing in it says anything. */
final class OpaqueBody implements AnswerBody {
    private boolean finished;

    @Override
    public void feed(byte[] bytes, int offset, int length) {}

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public boolean complete() {
        return finished;
    }

    @Override
    public boolean malformed() {
        return false;
    }

    @Override
    public boolean tracksCompletion() {
        return false;
    }

    @Override
    public boolean isStream() {
        return false;
    }
}
