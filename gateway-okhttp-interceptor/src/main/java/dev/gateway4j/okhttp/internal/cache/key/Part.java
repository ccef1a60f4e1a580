package dev.gateway4j.okhttp.internal.cache.key;

/** The parts of a question. The letter of each is part of every key, so that changing one loses what is kept. */
enum Part {
    VERSION('v', "version"),
    ENVIRONMENT('e', "environment"),
    PARTITION('p', "partition"),
    TENANT('t', "tenant"),
    USER('u', "user"),
    NAMESPACE('n', "namespace"),
    UPSTREAM('s', "upstream"),
    BASE_URL('b', "base url"),
    API_VERSION('i', "api version"),
    DEPLOYMENT('d', "deployment"),
    METHOD('m', "method"),
    ENDPOINT('o', "endpoint"),
    PATH('w', "path"),
    ANSWER('a', "answer"),
    CASSETTE('c', "cassette"),
    KEY('k', "key"),
    ROUTE('r', "route"),
    QUERY('q', "query"),
    HEADER('h', "header"),
    MODEL('l', "/model"),
    /** The model before the settings name another; what stands in for an upstream goes by that one. */
    MODEL_ASKED('x', "model asked");

    private final char letter;
    private final String word;

    Part(char letter, String word) {
        this.letter = letter;
        this.word = word;
    }

    /** Stands for it in a key. */
    char letter() {
        return letter;
    }

    /** Names it where differences are explained. */
    String word() {
        return word;
    }
}
