package dev.gateway4j.simulator.internal.request;

import dev.gateway4j.simulator.internal.model.Model;

/** What some chat models do that others do not, as their names say it. */
public final class ModelTraits {
    private static final String TUNED = "ft:";

    private ModelTraits() {}

    /** True if the model hears and speaks. */
    public static boolean speaks(Model model) {
        return model.id().contains("-audio") || model.answersAs().contains("-audio");
    }

    /** True if the model searches the web before each answer. */
    public static boolean searches(Model model) {
        return searches(model.id()) || searches(model.answersAs());
    }

    /** True if the model, while it reasons, takes functions in the Responses API only. */
    static boolean reasonsWithoutTools(Model model) {
        String id = model.id().startsWith(TUNED) ? model.id().substring(TUNED.length()) : model.id();
        return id.startsWith("gpt-5.4") || id.startsWith("gpt-5.6") || id.startsWith("gpt-6");
    }

    private static boolean searches(String name) {
        return name.contains("-search-preview") || name.contains("-search-api");
    }
}
