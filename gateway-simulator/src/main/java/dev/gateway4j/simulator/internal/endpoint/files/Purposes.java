package dev.gateway4j.simulator.internal.endpoint.files;

import dev.gateway4j.simulator.internal.request.ResourceError;
import java.util.List;
import java.util.stream.Collectors;

/** What files may be for, and what each purpose asks of them. */
final class Purposes {
    private static final List<String> KNOWN =
            List.of("fine-tune", "assistants", "batch", "user_data", "vision", "evals");
    private static final int HINT = 8;

    private Purposes() {}

    static String checked(String purpose) {
        if (!KNOWN.contains(purpose)) {
            String known = KNOWN.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
            throw ResourceError.PURPOSE.with(purpose, known);
        }
        return purpose;
    }

    /** Refuses a file that cannot serve its purpose. What a batch says inside is looked at when it runs. */
    static void check(String purpose, String name, byte[] content) {
        boolean training = purpose.equals("fine-tune");
        if ((training || purpose.equals("batch")) && !name.endsWith(".jsonl")) {
            throw ResourceError.NOT_JSONL.with(training ? "Fine-Tuning" : "Batch");
        }
        if (!training) {
            return;
        }
        for (JsonLines.Line line : JsonLines.of(content)) {
            if (line.object().isEmpty()) {
                String hint =
                        line.text().substring(0, Math.min(HINT, line.text().length()));
                throw ResourceError.NOT_A_DICTIONARY.with(line.number(), hint.replace("\"", "\\\""));
            }
        }
    }

    /** False for files that only the service itself reads. */
    static boolean mayBeDownloaded(String purpose) {
        return !purpose.equals("assistants") && !purpose.equals("user_data");
    }
}
