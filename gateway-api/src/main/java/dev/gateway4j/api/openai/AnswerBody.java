package dev.gateway4j.api.openai;

/** One kind of body that an {@link AnswerReader} reads. */
interface AnswerBody {
    void feed(byte[] bytes, int offset, int length);

    void finish();

    boolean complete();

    boolean malformed();

    boolean tracksCompletion();

    boolean isStream();
}
