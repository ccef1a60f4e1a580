package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final int DEPTH = 64;

    static Stream<Arguments> spellings() {
        return Stream.of(
                arguments("{}", "{}"),
                arguments(" [ ] ", "[]"),
                arguments("{ \"b\" : 1 , \"a\" : [ true , false , null ] }", "{\"a\":[true,false,null],\"b\":1}"),
                arguments("{\"b\":{\"d\":1,\"c\":2},\"a\":{}}", "{\"a\":{},\"b\":{\"c\":2,\"d\":1}}"),
                arguments("{\"é\":1,\"z\":2,\"\":3,\"a\":4}", "{\"\":3,\"a\":4,\"z\":2,\"é\":1}"),
                // U+1F600 is higher than U+FB33 but its first code unit is lower
                arguments("{\"\uFB33\":1,\"\uD83D\uDE00\":2}", "{\"\uD83D\uDE00\":2,\"\uFB33\":1}"),
                arguments("\"\\u0061\\/\\u00e9\\ud83d\\ude00\"", "\"a/é😀\""),
                arguments(
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001F\\u007f\"",
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\""),
                arguments("\"\\uD83D\"", "\"\\ud83d\""),
                arguments("\"\\uDE00\\ud83dx\"", "\"\\ude00\\ud83dx\""),
                arguments("{\"\\u0061\":1}", "{\"a\":1}"),
                arguments("{\"\\n\\ud83d\\ude00\":1}", "{\"\\n😀\":1}"),
                arguments("\uFEFF1", "1"),
                arguments("[[2,1],[\"b\",\"a\"]]", "[[2,1],[\"b\",\"a\"]]"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void a_document_has_one_spelling(String document, String expected) {
        assertThat(canonical(document)).isEqualTo(expected);
        assertThat(canonical(expected)).isEqualTo(expected);
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("0", List.of("-0", "0.0", "-0.00", "0e5", "0E-999999999999999999999", "0.000e+7")),
                arguments("1", List.of("1.0", "1e0", "10e-1", "0.1e1", "1.000E+00", "100e-2")),
                arguments("-1", List.of("-1.0", "-10E-1")),
                arguments("100", List.of("1e2", "1.0e+2", "0.0001e6", "100.00")),
                arguments("0.7", List.of("7e-1", "0.70", "70E-2")),
                arguments("12.5", List.of("1.25e1", "12.500")),
                arguments("0.000001", List.of("1e-6", "0.0000010")),
                arguments("1e-7", List.of("0.0000001", "10e-8")),
                arguments("1.5e-7", List.of("0.00000015")),
                arguments("100000000000000000000", List.of("1e20", "1.0E20")),
                arguments("1e21", List.of("1000000000000000000000", "10e20")),
                arguments("1.23e25", List.of("12300000000000000000000000", "123e23")),
                arguments("9007199254740993", List.of("9007199254740993.0", "9.007199254740993e15")),
                arguments("1e999999999", List.of("10e999999998", "0.1e1000000000")),
                arguments("-1e-999999999", List.of("-0.1e-999999998")),
                arguments("1.2345678901234567890123456789", List.of("12345678901234567890123456789e-28")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbers_are_written_by_value(String expected, List<String> spellings) {
        assertThat(canonical(expected)).isEqualTo(expected);
        assertThat(spellings)
                .allSatisfy(
                        spelling -> assertThat(canonical(spelling)).as(spelling).isEqualTo(expected));
    }

    @Test
    void numbers_that_a_double_cannot_tell_apart_stay_apart() {
        assertThat(canonical("9007199254740993")).isNotEqualTo(canonical("9007199254740992"));
        assertThat(canonical("0.1")).isNotEqualTo(canonical("0.1000000000000000055511151231257827"));
    }

    @Test
    void equal_values_and_only_those_are_spelled_alike() {
        Random random = new Random(11);
        Map<java.math.BigDecimal, String> seen = new LinkedHashMap<>();
        Map<String, java.math.BigDecimal> back = new LinkedHashMap<>();

        for (int i = 0; i < 20_000; i++) {
            String spelling = randomNumber(random);
            java.math.BigDecimal value = new java.math.BigDecimal(spelling).stripTrailingZeros();
            String canonical = canonical(spelling);
            assertThat(seen.computeIfAbsent(value, key -> canonical))
                    .as(spelling)
                    .isEqualTo(canonical);
            assertThat(back.computeIfAbsent(canonical, key -> value))
                    .as(spelling)
                    .isEqualByComparingTo(value);
            assertThat(new java.math.BigDecimal(canonical)).as(spelling).isEqualByComparingTo(value);
        }
    }

    @Test
    void documents_that_differ_only_in_form_are_equal_and_changed_ones_are_not() {
        Random random = new Random(3);

        for (int i = 0; i < 2000; i++) {
            Object value = randomValue(random, 4);
            String one = canonical(print(value, random));
            String other = canonical(print(value, random));
            assertThat(other).isEqualTo(one);
            assertThat(canonical(one)).isEqualTo(one);
            assertThat(canonical(print(changed(value), random))).isNotEqualTo(one);
        }
    }

    @Test
    void many_members_are_sorted_too() {
        StringBuilder document = new StringBuilder("{");
        for (int i = 999; i >= 0; i--) {
            document.append("\"k").append(i + 1000).append("\":").append(i).append(i > 0 ? "," : "}");
        }

        String canonical = canonical(document.toString());

        assertThat(canonical).startsWith("{\"k1000\":0,\"k1001\":1,").endsWith(",\"k1999\":999}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "[1,]",
                "{} {}",
                "1 2",
                "{\"a\" 1}",
                "nul",
                "{\"\\ud800\":1}",
                "01",
                "1.",
                "+1",
                "\"\n\"",
                "\"\\x\"",
                "NaN",
                "// c\n1",
                "'a'"
            })
    void what_is_no_json_is_refused(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> canonical(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":{},\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "[{\"x\":{\"b\":1,\"a\":2,\"b\":3}}]"
            })
    void a_member_that_stands_twice_is_refused(String document) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> canonical(document))
                .withMessage("an object has a member twice");
    }

    @Test
    void what_is_nested_too_deep_is_refused_without_a_stack() {
        String ten = "[".repeat(10) + "]".repeat(10);

        assertThat(new String(CanonicalJson.of(bytes(ten), 10), StandardCharsets.UTF_8))
                .isEqualTo(ten);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.of(bytes(ten), 9))
                .withMessage("the document is nested deeper than 9");
        assertThatIllegalArgumentException().isThrownBy(() -> canonical("{\"a\":".repeat(100_000)));
    }

    @Test
    void invalid_utf_8_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.of(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}, DEPTH))
                .withMessage("the document is not UTF-8");
    }

    @Test
    void an_exponent_without_end_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> canonical("1e999999999999999999"));
    }

    private static String randomNumber(Random random) {
        StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
        number.append(random.nextInt(4) == 0 ? "0" : Integer.toString(1 + random.nextInt(30)));
        number.append(random.nextInt(3) == 0 ? "0000000000" : "");
        if (number.charAt(number.length() - 1) == '0' && number.toString().matches("-?0+")) {
            number.setLength(number.indexOf("0") + 1);
        }
        if (random.nextBoolean()) {
            number.append('.').append(random.nextInt(2) == 0 ? "000" : "").append(random.nextInt(50));
        }
        if (random.nextBoolean()) {
            number.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(61) - 30);
        }
        return number.toString();
    }

    private static Object randomValue(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 6 : 4);
        return switch (kind) {
            case 0 -> random.nextInt(1000) - 500;
            case 1 -> randomText(random);
            case 2 -> random.nextBoolean();
            case 3 -> random.nextInt(100) / 4.0;
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(randomValue(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    map.put(randomText(random).replace("\uD800", "-"), randomValue(random, depth - 2));
                }
                yield map;
            }
        };
    }

    private static String randomText(Random random) {
        String[] pieces = {"a", "b", "é", "😀", "\n", "\"", "\\", "/", "\u0000", "\uFB33", "\uD800", " "};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static Object changed(Object value) {
        if (value instanceof Integer number) {
            return number + 1;
        }
        if (value instanceof List<?> list) {
            List<Object> longer = new ArrayList<>(list);
            longer.add("more");
            return longer;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> more = new LinkedHashMap<>(map);
            more.put("another", 1);
            return more;
        }
        return List.of(value);
    }

    /** Prints a value with blanks, escapes, number spellings and an order of members that chance decides. */
    private static String print(Object value, Random random) {
        String blank = List.of("", " ", "\n", "\t\r\n").get(random.nextInt(4));
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(item -> parts.add(print(item, random)));
            return "[" + blank + String.join(blank + ",", parts) + "]" + blank;
        }
        if (value instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach(
                    (name, item) -> parts.add(printText((String) name, random) + blank + ":" + print(item, random)));
            Collections.shuffle(parts, random);
            return blank + "{" + String.join("," + blank, parts) + blank + "}";
        }
        if (value instanceof String text) {
            return blank + printText(text, random) + blank;
        }
        if (value instanceof Integer number && number != 0 && random.nextBoolean()) {
            return number + List.of(".0", "e0", "0e-1", ".000E+00").get(random.nextInt(4));
        }
        return blank + value;
    }

    private static String printText(String text, Random random) {
        StringBuilder printed = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean mustEscape = c < ' ' || c == '"' || c == '\\' || c == '\uD800';
            boolean half = Character.isSurrogate(c);
            if (mustEscape || (!half && random.nextInt(3) == 0)) {
                printed.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                printed.append(c);
            }
        }
        return printed.append('"').toString();
    }

    private static String canonical(String document) {
        return new String(CanonicalJson.of(bytes(document), DEPTH), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
