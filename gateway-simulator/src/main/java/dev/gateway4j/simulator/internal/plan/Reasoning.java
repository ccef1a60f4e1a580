package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.Ask;

/** How long a model reasons. */
final class Reasoning {
    private static final int LEAST = 8;

    private Reasoning() {}

    /** The tokens spent on reasoning, by the effort asked for and the habit of the model's family. */
    static long tokens(Ask ask, Draws draws) {
        Family family = ask.model().family();
        if (!family.reasoning()) {
            return 0;
        }
        String effort = ask.effort().orElse(family.effort().orElse("none"));
        long drawn =
                switch (effort) {
                    case "none" -> 0;
                    case "minimal" -> (long) family.grain() * draws.below(2);
                    case "low" -> between(draws, 20, 260);
                    case "high" -> between(draws, 400, 2_400);
                    case "xhigh" -> between(draws, 900, 4_800);
                    case "max" -> between(draws, 1_600, 9_000);
                    default -> between(draws, 64, 900);
                };
        boolean reasons = drawn > 0;
        long grains = reasons ? Math.max(1, Math.round((double) drawn / family.grain())) : 0;
        return grains * family.grain();
    }

    /** Few answers take long. */
    private static long between(Draws draws, int least, int most) {
        double share = draws.unit();
        return Math.max(LEAST, (long) (least + share * share * (most - least)));
    }
}
