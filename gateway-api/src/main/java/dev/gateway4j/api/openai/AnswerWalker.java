package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.call.Usage;
import java.io.IOException;
import java.util.Arrays;

/**
 * Follows the tokens of an answer or of one event and picks out what stands where the dialect puts it. Only the place counts: a member of
 * the same name elsewhere is not looked at.
 */
final class AnswerWalker {
    private static final String ELEMENT = "[]";
    private static final int LEVELS = 5;

    private final Findings findings;
    private final boolean event;
    private final UsageDraft usage = new UsageDraft();
    /** For each open container the name of the member we are in; index 1 is the root. */
    private final String[] names = new String[LEVELS + 1];

    private int depth;
    private int choiceIndex;
    private boolean choiceFinished;

    AnswerWalker(Findings findings, boolean event) {
        this.findings = findings;
        this.event = event;
        Arrays.fill(names, "");
    }

    int depth() {
        return depth;
    }

    /** Forgets where it is, ready for another event. */
    void restart() {
        depth = 0;
        findings.type(null);
    }

    void token(JsonToken token, JsonParser json) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            if (depth <= LEVELS) {
                names[depth] = json.currentName();
            }
        } else if (token.isStructStart()) {
            open(token == JsonToken.START_ARRAY);
        } else if (token.isStructEnd()) {
            close();
        } else if (depth <= LEVELS) {
            scalar(token, json);
        }
    }

    private void open(boolean array) {
        if (depth <= LEVELS) {
            opening(array);
        }
        depth++;
        if (depth <= LEVELS) {
            names[depth] = array ? ELEMENT : "";
        }
    }

    private void opening(boolean array) {
        int base = base();
        if (depth == base + 1 && !array) {
            if (names[depth].equals("usage")) {
                usage.clear();
            } else if (names[depth].equals("error")) {
                findings.fail();
            }
        } else if (isChoice()) {
            choiceIndex = 0;
            choiceFinished = false;
        }
    }

    private void close() {
        depth--;
        if (depth > LEVELS) {
            return;
        }
        if (depth == base() + 1 && names[depth].equals("usage")) {
            Usage built = usage.build();
            if (built != null) {
                findings.usage(built);
            }
            usage.clear();
        } else if (isChoice()) {
            findings.choice(choiceIndex, choiceFinished);
        }
    }

    private boolean isChoice() {
        return event && depth == 2 && names[2].equals(ELEMENT) && names[1].equals("choices");
    }

    /** 1 inside the snapshot that an event of the responses endpoint carries, else 0. */
    private int base() {
        return event && depth >= 2 && names[1].equals("response") ? 1 : 0;
    }

    private void scalar(JsonToken token, JsonParser json) throws IOException {
        int level = depth - base();
        if (level == 1) {
            top(names[depth], token, json);
        } else if (level == 2 && names[depth - 1].equals("usage")) {
            if (UsageDraft.matters(names[depth])) {
                count(token, json);
            }
        } else if (level == 3 && names[depth - 2].equals("usage")) {
            if (UsageDraft.matters(names[depth - 1], names[depth])) {
                count(token, json);
            }
        } else if (event && depth == 3 && names[1].equals("choices") && names[2].equals(ELEMENT)) {
            choice(names[3], token, json);
        }
    }

    private void top(String name, JsonToken token, JsonParser json) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return;
        }
        switch (name) {
            case "model" -> findings.model(json.getText());
            case "service_tier" -> findings.serviceTier(json.getText());
            case "error" -> {
                if (json.getTextLength() > 0) {
                    findings.fail();
                }
            }
            case "type" -> {
                if (depth == 1) {
                    findings.type(json.getText());
                }
            }
            default -> {
                // no other member matters
            }
        }
    }

    private void count(JsonToken token, JsonParser json) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 19) {
            usage.count(names[depth], json.getLongValue());
        } else if (token != JsonToken.VALUE_NULL) {
            usage.absurd();
        }
    }

    private void choice(String name, JsonToken token, JsonParser json) throws IOException {
        if (name.equals("finish_reason")) {
            choiceFinished = token == JsonToken.VALUE_STRING;
        } else if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT && json.getTextLength() < 9) {
            choiceIndex = json.getIntValue();
        }
    }
}
