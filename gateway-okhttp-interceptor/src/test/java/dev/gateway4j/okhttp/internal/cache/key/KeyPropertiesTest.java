package dev.gateway4j.okhttp.internal.cache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.openai.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every question, shown on thousands. */
class KeyPropertiesTest {
    private static final int MANY = 5_000;

    private final Identities identities = new Identities(Ask.config(Caches.sampling(CacheConfig.Sampling.ANY)));
    private final Random random = new Random(6);
    private final RandomRequest requests = new RandomRequest(random);

    @Test
    void whatever_single_field_is_changed_the_key_is_another() {
        CacheKey original = Ask.chat(requests.print(RandomRequest.full())).key(identities);
        int cacheable = 0;

        for (int i = 0; i < MANY; i++) {
            Map<String, Object> changed = requests.changed(RandomRequest.full());
            Reading reading = Ask.chat(requests.print(changed)).reading(identities);
            if (reading instanceof Reading.Cacheable it) {
                cacheable++;
                assertThat(it.identity().key()).as("%s", changed).isNotEqualTo(original);
            }
        }

        assertThat(cacheable).isGreaterThan(MANY / 2);
    }

    @Test
    void order_blanks_escapes_and_spellings_of_numbers_do_not_change_the_key() {
        Set<CacheKey> keys = new HashSet<>();
        Set<String> bodies = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            String body = requests.print(RandomRequest.full());
            bodies.add(body);
            keys.add(Ask.chat(body).key(identities));
        }

        assertThat(bodies).hasSizeGreaterThan(MANY - 10);
        assertThat(keys).hasSize(1);
    }

    @Test
    void keys_are_equal_exactly_if_canonical_forms_are() {
        int equal = 0;
        for (int i = 0; i < 4 * MANY; i++) {
            String one = requests.print(requests.small());
            String other = requests.print(requests.small());
            boolean same = canonical(one).equals(canonical(other));
            equal += same ? 1 : 0;

            assertThat(Ask.chat(one).key(identities).equals(Ask.chat(other).key(identities)))
                    .as("%s %s", one, other)
                    .isEqualTo(same);
        }

        assertThat(equal).isBetween(MANY / 5, 3 * MANY);
    }

    @Test
    void differences_are_explained_exactly_if_keys_differ() {
        int equal = 0;
        for (int i = 0; i < MANY; i++) {
            CacheQuestion one = question();
            CacheQuestion other = question();
            boolean same = key(one).equals(key(other));
            equal += same ? 1 : 0;

            assertThat(identities.explain(one, other).isEmpty())
                    .as("%s %s", new String(one.body(), StandardCharsets.UTF_8), one.tags())
                    .isEqualTo(same);
        }

        assertThat(equal).isBetween(20, MANY / 2);
    }

    @Test
    void every_single_change_is_explained_and_no_value_is_shown() {
        for (int i = 0; i < MANY; i++) {
            Map<String, Object> changed = requests.changed(RandomRequest.full());
            CacheQuestion one = CacheQuestion.of(Ask.CHAT, requests.print(RandomRequest.full()));
            CacheQuestion other = CacheQuestion.of(Ask.CHAT, requests.print(changed));

            List<CacheDifference> differences = identities.explain(one, other);

            assertThat(differences).as("%s", changed).isNotEmpty();
            assertThat(differences)
                    .noneMatch(difference -> difference.toString().contains("Be brief."));
        }
    }

    @Test
    void ten_thousand_tenants_share_nothing() {
        Map<CacheKey, String> owners = new HashMap<>();
        Set<String> tenants = new HashSet<>();

        while (tenants.size() < 10_000) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                name.append("ab/|:-_.\u00e9\u0001".charAt(random.nextInt(9)));
            }
            if (tenants.add(name.toString())) {
                CacheKey key = Ask.chat("{\"model\":\"m\"}")
                        .with(CallTags.none().withTenant(name.toString()))
                        .key(identities);
                assertThat(owners.put(key, name.toString())).isNull();
            }
        }

        assertThat(owners.keySet()).doesNotContain(Ask.chat("{\"model\":\"m\"}").key(identities));
    }

    private CacheQuestion question() {
        CallTags tags = CallTags.none();
        tags = random.nextInt(3) == 0 ? tags.withTenant(random.nextBoolean() ? "a" : "b") : tags;
        tags = random.nextInt(3) == 0 ? tags.withCache("namespace=" + (random.nextBoolean() ? "a" : "b")) : tags;
        tags = random.nextInt(4) == 0 ? tags.withKey("blue") : tags;
        tags = random.nextInt(4) == 0 ? tags.withRoute("r") : tags;
        return new CacheQuestion(
                random.nextInt(5) == 0 ? "/v1/completions" : Ask.CHAT,
                requests.print(requests.small()).getBytes(StandardCharsets.UTF_8),
                tags);
    }

    private CacheKey key(CacheQuestion question) {
        if (identities.read(question) instanceof Reading.Cacheable cacheable) {
            return cacheable.identity().key();
        }
        throw new AssertionError("not cacheable");
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.of(json.getBytes(StandardCharsets.UTF_8), 64), StandardCharsets.UTF_8);
    }

    @Test
    void no_two_questions_are_told_alike_whatever_separators_they_contain() {
        List<String> texts = List.of(
                "", "a", "b", "ab", "\u0000", "\u0000a", "a\u0000", "t", "\u0001t\u0000", "{", "é", "\uD800", "?");
        Map<CacheKey, List<String>> seen = new HashMap<>();
        for (int i = 0; i < 40 * MANY; i++) {
            KeyDigest digest = new KeyDigest();
            List<String> told = new ArrayList<>();
            for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
                tell(digest, told, texts);
            }
            CacheKey key = digest.key();
            if (!seen.computeIfAbsent(key, fresh -> List.copyOf(told)).equals(told)) {
                fail("%s is told like %s", told, seen.get(key));
            }
        }
        assertThat(seen.values().stream().distinct().count())
                .isEqualTo(seen.size())
                .isGreaterThan(20_000);
    }

    private void tell(KeyDigest digest, List<String> told, List<String> texts) {
        Part part = random.nextBoolean() ? Part.TENANT : Part.NAMESPACE;
        String one = texts.get(random.nextInt(texts.size()));
        String other = texts.get(random.nextInt(texts.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                digest.part(part, one);
                told.addAll(List.of("part", part.word(), one));
            }
            case 1 -> {
                digest.part(part, null);
                told.addAll(List.of("missing", part.word()));
            }
            case 2 -> {
                digest.named(part, one, other);
                told.addAll(List.of("named", part.word(), one, other));
            }
            default -> {
                byte[] name = one.getBytes(StandardCharsets.UTF_16BE);
                byte[] value = other.getBytes(StandardCharsets.UTF_16BE);
                digest.member(name, 0, name.length, value, 0, value.length);
                told.addAll(List.of("member", one, other));
            }
        }
    }

    @Test
    void every_part_has_a_letter_and_a_word_of_its_own() {
        Set<Character> letters = new HashSet<>();
        Set<String> words = new HashSet<>();
        for (Part part : Part.values()) {
            assertThat(letters.add(part.letter())).as("%s", part).isTrue();
            assertThat(words.add(part.word())).as("%s", part).isTrue();
        }
    }
}
