package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** What to do about a request that no recording answers, from what it differs in. */
final class Advice {
    private static final String AGAIN = "Record it again with -Dgateway.mode=record";
    private static final String SETTINGS = "openai.cassettes.match.";
    /** More values than that are another request. */
    private static final int VALUES = 3;

    private static final int LONG = 24;

    private Advice() {}

    static String on(Question asked, Question recorded, List<Found> found) {
        if (found.stream().anyMatch(each -> each.kind() == Found.Kind.PATH) && twoNamesOfOne(asked, recorded)) {
            return "Set " + SETTINGS + "azure_as_openai: true, so that Azure's path counts as OpenAI's; or record it"
                    + " again with -Dgateway.mode=record";
        }
        if (!found.isEmpty() && found.stream().allMatch(each -> each.kind() == Found.Kind.HEADER)) {
            return AGAIN + ", or take the "
                    + found.stream().map(each -> each.difference().place()).collect(Collectors.joining(" and the "))
                    + " out of " + SETTINGS + "headers";
        }
        boolean one = found.size() == 1 && found.get(0).pointer().isPresent();
        boolean volatiles = found.size() <= VALUES && found.stream().allMatch(Advice::changesEveryTime);
        if (one || (!found.isEmpty() && volatiles)) {
            return AGAIN + ", or let it differ: " + SETTINGS + "body: "
                    + found.stream().map(Advice::rule).collect(Collectors.joining(", ", "[", "]"));
        }
        return AGAIN;
    }

    /** True if the paths differ only as Azure's and OpenAI's do. */
    static boolean twoNamesOfOne(Question asked, Question recorded) {
        Target one = asked.target();
        Target other = recorded.target();
        return !one.path().equals(other.path())
                && one.asOpenAi().path().equals(other.asOpenAi().path());
    }

    private static boolean changesEveryTime(Found found) {
        return found.values()
                .filter(values -> both(values, ValueRule::isUuid) || both(values, ValueRule::isTime))
                .isPresent();
    }

    private static String rule(Found found) {
        String at = found.pointer().map(Advice::scalar).orElseThrow();
        return "{at: " + at + ", " + found.values().map(Advice::same).orElse("same: ignore") + "}";
    }

    private static String same(Found.Values values) {
        if (both(values, ValueRule::isUuid)) {
            return "same: uuid";
        }
        if (both(values, ValueRule::isTime)) {
            return "same: timestamp";
        }
        if (both(values, ValueRule::finite)) {
            String apart = ValueRule.apart(values.recorded(), values.asked())
                    .stripTrailingZeros()
                    .toPlainString();
            return apart.length() > LONG ? "same: ignore" : "same: number, tolerance: " + apart;
        }
        return "same: ignore";
    }

    private static boolean both(Found.Values values, java.util.function.Predicate<JsonNode> predicate) {
        return predicate.test(values.recorded()) && predicate.test(values.asked());
    }

    /** A pointer as YAML has it inside a flow. */
    private static String scalar(String pointer) {
        boolean plain = pointer.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/_-.~$".indexOf(c) >= 0);
        return plain ? pointer : "'" + pointer.replace("'", "''") + "'";
    }
}
