package dev.gateway4j.simulator.internal.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.simulator.internal.fake.Fakes;
import dev.gateway4j.simulator.internal.json.Json;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces what tells who somebody is, and counts. First {@link #learn} everything, then {@link #text} it. Used by one thread at a time. */
public final class Mask {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLAIN = Pattern.compile("[a-z][A-Za-z_]*");
    private static final Pattern SECRET = Pattern.compile(
            "\\b(?:sk-[A-Za-z0-9_-]{16,}|(?:gh[pousr]|xox[abprs]|hf|pk|rk)[_-][A-Za-z0-9_-]{16,}|AKIA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|"
                    + "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,})");
    private static final Pattern EMAIL =
            Pattern.compile("\\b[\\p{L}0-9._%+-]+@[\\p{L}0-9-]+(?:\\.[\\p{L}0-9-]+)*\\.\\p{L}{2,}\\b");
    private static final Pattern IBAN =
            Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b");
    private static final Pattern CARD = Pattern.compile("(?<![\\w.-])\\d(?:[ -]?\\d){12,18}(?![\\w-])");
    private static final Pattern IP4 = Pattern.compile(
            "(?<![\\w.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w.]*\\w)");
    private static final Pattern IP6 = Pattern.compile(
            "(?<![\\w:])(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4})(?::[0-9a-fA-F]{1,4})*(?![\\w:])");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w+])(?:\\+\\d{1,3}[ ./-]?(?:\\(\\d{1,4}\\)[ ./-]?)?\\d(?:[ ./-]?\\d){5,12}|\\(\\d{2,4}\\) ?\\d{3}[ -]?\\d{3,5}"
                    + "|\\d{3}-\\d{3}-\\d{4}|0\\d{2,4}[ /]\\d{3,}(?:[ -]?\\d+)*)(?![\\w-])");
    private static final Pattern ID = Pattern.compile(
            "\\b(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?:chatcmpl|cmpl|resp|msg|req|call|file|run|thread|org|user|proj|batch|asst|"
                    + "step|conv|fc|rs|vs|cus|acct|cust|customer)[-_][A-Za-z0-9]{6,})\\b");

    private final Stand stand;
    private final Names names = new Names();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    /** A mask whose replacements depend on this seed. */
    public Mask(long seed) {
        this.stand = new Stand(seed);
    }

    /** How much was replaced, by kind. */
    public Map<String, Long> counts() {
        Map<String, Long> shown = new TreeMap<>();
        counts.forEach((kind, count) -> shown.put(kind.word(), count));
        return shown;
    }

    /** How many different values were replaced. */
    public int distinct() {
        return stand.size();
    }

    /** Looks for names, so that they are known wherever they stand. */
    public void learn(String line) {
        Optional<JsonNode> json = json(line);
        if (json.isPresent()) {
            learn("", json.get());
        } else {
            names.learn(line);
        }
    }

    /** The line with everything replaced; JSON keeps its structure, also JSON in texts of JSON. */
    public String line(String line) {
        return json(line).map(json -> masked(json).toString()).orElseGet(() -> text(line));
    }

    /** The text with everything replaced. */
    public String text(String text) {
        String clean = SecretScanner.shared().scrub(text);
        if (!clean.equals(text)) {
            count(Kind.SECRET);
        }
        Spans spans = new Spans(clean);
        find(spans, SECRET, Kind.SECRET, value -> true, stand::secret);
        find(spans, EMAIL, Kind.EMAIL, value -> !value.endsWith("@example.com"), stand::email);
        find(spans, IBAN, Kind.IBAN, Mask::isIban, stand::iban);
        find(spans, ID, Kind.ID, value -> value.chars().anyMatch(Character::isDigit), stand::id);
        find(spans, CARD, Kind.CARD, Mask::isCard, stand::card);
        find(spans, IP4, Kind.IP, value -> true, stand::ip);
        find(spans, IP6, Kind.IP, Mask::isIp6, stand::ip);
        find(spans, PHONE, Kind.PHONE, value -> true, stand::phone);
        find(spans, names.pattern(), Kind.NAME, value -> true, word -> stand.name(word, names.isFirst(word)));
        return spans.replaced();
    }

    private static Optional<JsonNode> json(String line) {
        String text = line.strip();
        return text.startsWith("{") || text.startsWith("[") ? Json.read(Json.bytes(text)) : Optional.empty();
    }

    private void learn(String member, JsonNode node) {
        if (node.isTextual()) {
            names.learn(member, node.asText());
            learn(node.asText());
        }
        for (Map.Entry<String, JsonNode> child : node.properties()) {
            if (!PLAIN.matcher(child.getKey()).matches()) {
                names.learn(child.getKey());
            }
            learn(child.getKey(), child.getValue());
        }
        if (node.isArray()) {
            node.forEach(child -> learn(member, child));
        }
    }

    /** Members that are called like those of an API stay, even if somebody is called so too. */
    private String member(String name) {
        return PLAIN.matcher(name).matches() ? name : text(name);
    }

    private JsonNode masked(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties().forEach(member -> object.set(member(member.getKey()), masked(member.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(element -> array.add(masked(element)));
            return array;
        }
        if (node.isTextual()) {
            return JSON.textNode(line(node.asText()));
        }
        if (node.isIntegralNumber() && isCard(node.asText())) {
            count(Kind.CARD);
            return JSON.numberNode(new BigInteger(stand.card(node.asText())));
        }
        return node;
    }

    /** What one pattern has taken, no other one sees. */
    private void find(Spans spans, Pattern pattern, Kind kind, Predicate<String> really, UnaryOperator<String> stand) {
        Matcher matcher = pattern.matcher(spans.text());
        while (matcher.find()) {
            String value = matcher.group();
            if (spans.free(matcher.start(), matcher.end()) && really.test(value)) {
                count(kind);
                spans.put(matcher.start(), matcher.end(), stand.apply(value));
            }
        }
    }

    private void count(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    private static boolean isIban(String value) {
        String compact = value.replace(" ", "");
        return compact.length() >= 15
                && Fakes.iban(compact.substring(0, 2), compact.substring(4)).equals(compact);
    }

    private static boolean isCard(String value) {
        String digits = value.replaceAll("\\D", "");
        return digits.length() >= 13
                && digits.length() <= 19
                && Fakes.card(digits.substring(0, digits.length() - 1)).equals(digits);
    }

    private static boolean isIp6(String value) {
        return value.contains("::") || value.chars().filter(c -> c == ':').count() == 7;
    }
}
