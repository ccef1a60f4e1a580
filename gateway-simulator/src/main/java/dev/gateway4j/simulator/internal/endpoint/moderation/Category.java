package dev.gateway4j.simulator.internal.endpoint.moderation;

import java.util.Optional;

/** The categories, in the order of the newer models. */
enum Category {
    HARASSMENT("harassment", 3, false),
    HARASSMENT_THREATENING("harassment/threatening", 10, false),
    SEXUAL("sexual", 1, true),
    HATE("hate", 2, false),
    HATE_THREATENING("hate/threatening", 6, false),
    ILLICIT("illicit", 0, false),
    ILLICIT_VIOLENT("illicit/violent", 0, false),
    SELF_HARM_INTENT("self-harm/intent", 8, true),
    SELF_HARM_INSTRUCTIONS("self-harm/instructions", 9, true),
    SELF_HARM("self-harm", 4, true),
    SEXUAL_MINORS("sexual/minors", 5, false),
    VIOLENCE("violence", 11, true),
    VIOLENCE_GRAPHIC("violence/graphic", 7, true);

    private final String id;
    private final int olderPlace;
    private final boolean seen;

    Category(String id, int olderPlace, boolean seen) {
        this.id = id;
        this.olderPlace = olderPlace;
        this.seen = seen;
    }

    static Optional<Category> of(String id) {
        for (Category category : values()) {
            if (category.id.equals(id)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }

    String id() {
        return id;
    }

    /** Its place among the categories of the older models, from 1; 0 if they do not know it. */
    int olderPlace() {
        return olderPlace;
    }

    /** True if pictures are judged by it too. */
    boolean seen() {
        return seen;
    }
}
