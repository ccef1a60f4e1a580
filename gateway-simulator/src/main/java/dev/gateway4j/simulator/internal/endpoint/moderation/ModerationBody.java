package dev.gateway4j.simulator.internal.endpoint.moderation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ModerationRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The answer of a moderation: indented, without a line break at the end. */
final class ModerationBody {
    /** Smaller numbers are written with an exponent. */
    private static final BigDecimal PRINTED_PLAINLY = new BigDecimal("0.00001");

    private static final String OLDER = "text-moderation";

    private final boolean older;
    private final String model;

    private ModerationBody(String asked) {
        this.older = asked.startsWith(OLDER);
        this.model = older ? "text-moderation-007" : asked;
    }

    static byte[] of(String id, ModerationRequest request) {
        ModerationBody body = new ModerationBody(request.model());
        return Json.bytes(Json.indented(json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("model", body.model);
            json.writeArrayFieldStart("results");
            for (ModerationRequest.Input input : request.inputs()) {
                json.writeStartObject();
                body.result(json, input);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** Judgements that come along with something else. */
    static void results(JsonGenerator json, ModerationRequest request) throws IOException {
        ModerationBody body = new ModerationBody(request.model());
        json.writeStartObject();
        json.writeStringField("type", "moderation_results");
        json.writeStringField("model", body.model);
        json.writeArrayFieldStart("results");
        for (ModerationRequest.Input input : request.inputs()) {
            json.writeStartObject();
            json.writeStringField("type", "moderation_result");
            json.writeStringField("model", body.model);
            body.result(json, input);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** All of a judgement but its beginning. */
    private void result(JsonGenerator json, ModerationRequest.Input input) throws IOException {
        Map<Category, BigDecimal> scores = Judge.scores(input.text(), input.worded(), input.pictured());
        List<Category> categories = categories();
        json.writeBooleanField(
                "flagged", categories.stream().anyMatch(category -> Judge.raises(score(scores, category))));
        json.writeObjectFieldStart("categories");
        for (Category category : categories) {
            json.writeBooleanField(category.id(), Judge.raises(score(scores, category)));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("category_scores");
        for (Category category : categories) {
            json.writeFieldName(category.id());
            json.writeNumber(printed(score(scores, category)));
        }
        json.writeEndObject();
        if (!older) {
            applied(json, input);
        }
        json.writeEndObject();
    }

    private static void applied(JsonGenerator json, ModerationRequest.Input input) throws IOException {
        json.writeObjectFieldStart("category_applied_input_types");
        for (Category category : Category.values()) {
            json.writeArrayFieldStart(category.id());
            if (input.worded()) {
                json.writeString("text");
            }
            if (input.pictured() && category.seen()) {
                json.writeString("image");
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private List<Category> categories() {
        if (!older) {
            return List.of(Category.values());
        }
        return Stream.of(Category.values())
                .filter(category -> category.olderPlace() > 0)
                .sorted(Comparator.comparingInt(Category::olderPlace))
                .toList();
    }

    private static BigDecimal score(Map<Category, BigDecimal> scores, Category category) {
        return scores.getOrDefault(category, BigDecimal.ZERO);
    }

    /** {@code 0.0000119}, but {@code 3.76e-6}. */
    private static String printed(BigDecimal score) {
        BigDecimal plain = score.stripTrailingZeros();
        if (plain.signum() == 0 || plain.compareTo(PRINTED_PLAINLY) >= 0) {
            return plain.toPlainString();
        }
        String digits = plain.unscaledValue().toString();
        int exponent = digits.length() - 1 - plain.scale();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + exponent;
    }
}
