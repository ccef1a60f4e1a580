package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CachePolicy;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CacheRule;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.openai.CanonicalDocument;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Says which calls the cache is for, and which key they have. Thread-safe. */
public final class Identities {
    private static final String EXACT = "gateway4j 2 exact";
    private static final String SIMILAR = "gateway4j 2 similar";
    private static final byte[] NOTHING = {};

    private final GatewayConfig config;
    private final CacheConfig cache;
    private final Questions questions;
    private final Supplier<MessageDigest> digests;

    /** By these settings. */
    public Identities(GatewayConfig config) {
        this(config, KeyDigest::sha);
    }

    Identities(GatewayConfig config, Supplier<MessageDigest> digests) {
        this.config = config;
        this.digests = digests;
        this.cache = config.cache();
        this.questions = new Questions(config);
    }

    /** What the cache makes of a call. */
    public Reading read(CallFacts facts) {
        CachePolicy policy;
        try {
            policy = policy(facts);
        } catch (IllegalArgumentException e) {
            return new Reading.Invalid(String.valueOf(e.getMessage()));
        }
        Optional<CacheRule> rule = rule(facts);
        Optional<String> objection = objection(facts, policy, rule);
        if (objection.isPresent()) {
            return bypassed(objection.get(), policy);
        }
        Partition.Choice partition = Partition.of(facts, policy.namespace(), cache);
        if (partition.partition().isEmpty()) {
            return bypassed(partition.objection(), policy);
        }
        CanonicalDocument body;
        try {
            body = CanonicalDocument.of(facts.body().orElse(NOTHING), config.maxJsonDepth());
        } catch (IllegalArgumentException e) {
            return bypassed("body without one meaning", policy);
        }
        return body.isObject()
                ? read(facts, policy, rule, partition.partition().get(), body)
                : bypassed("body no object", policy);
    }

    private Reading read(
            CallFacts facts,
            CachePolicy policy,
            Optional<CacheRule> rule,
            Partition partition,
            CanonicalDocument body) {
        Optional<String> objection = Cacheability.objection(facts, new Members(body), cache.sampling());
        if (objection.isPresent()) {
            return bypassed(objection.get(), policy);
        }
        if (EmbeddingInputs.of(facts, body).filter(EmbeddingInputs::areTooMany).isPresent()) {
            return bypassed("too many inputs", policy);
        }
        return new Reading.Cacheable(new Identity(
                exact(facts, ingredients(facts, partition, body)),
                partition.tenant(),
                partition.user(),
                partition.namespace(),
                policy,
                policy.ttl().or(() -> rule.flatMap(CacheRule::ttl)).orElse(cache.ttl()),
                threshold(facts, policy, rule),
                body));
    }

    private static Reading bypassed(String reason, CachePolicy policy) {
        return new Reading.Bypassed(reason, policy.onlyIfCached());
    }

    private static CachePolicy policy(CallFacts facts) {
        boolean ours = !facts.foreign() && !facts.webSocket();
        return ours ? facts.tags().cache().map(CachePolicy::parse).orElse(CachePolicy.none()) : CachePolicy.none();
    }

    private Optional<String> objection(CallFacts facts, CachePolicy policy, Optional<CacheRule> rule) {
        if (policy.noStore()) {
            return Optional.of("no-store");
        }
        if (cache.apply() == CacheConfig.Apply.WHEN_ASKED
                && facts.tags().cache().isEmpty()) {
            return Optional.of("not asked for");
        }
        Optional<String> objection = Cacheability.objection(facts);
        if (objection.isEmpty() && rule.isPresent() && !rule.get().cached()) {
            return Optional.of("rule");
        }
        return objection;
    }

    /** The first rule for this call, by the model it asks for or the one that is sent for it. */
    private Optional<CacheRule> rule(CallFacts facts) {
        for (CacheRule rule : cache.rules()) {
            String upstream = facts.upstream().name();
            if (rule.matches(facts.endpoint(), facts.modelAsked(), upstream)
                    || rule.matches(facts.endpoint(), facts.modelSent(), upstream)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private OptionalDouble threshold(CallFacts facts, CachePolicy policy, Optional<CacheRule> rule) {
        boolean asks =
                facts.endpoint().equals(Cacheability.CHAT) || facts.endpoint().equals(Cacheability.RESPONSES);
        if (cache.semantic().isEmpty() || policy.exact() || !asks) {
            return OptionalDouble.empty();
        }
        OptionalDouble theirs = rule.isPresent() ? rule.get().threshold() : OptionalDouble.empty();
        return theirs.isPresent()
                ? theirs
                : OptionalDouble.of(cache.semantic().get().threshold());
    }

    private Ingredients ingredients(CallFacts facts, Partition partition, CanonicalDocument body) {
        Ingredients all = new Ingredients(
                EXACT, config.environment(), facts, partition, body, cache.ignoredMembers(), -1, NOTHING);
        Optional<EmbeddingInputs> inputs = EmbeddingInputs.of(facts, body);
        return inputs.isPresent() && inputs.get().ends().size() == 1
                ? all.with(EXACT, inputs.get().member(), inputs.get().bytes(body, 0))
                : all;
    }

    private CacheKey key(Ingredients ingredients) {
        KeyDigest digest = new KeyDigest(digests.get());
        ingredients.tell(digest);
        return digest.key();
    }

    /** The input of embeddings stands in a frame, so that a batch has to tell the rest only once for all of its inputs. */
    private CacheKey exact(CallFacts facts, Ingredients all) {
        CanonicalDocument body = all.body();
        int input = facts.endpoint().equals(Cacheability.EMBEDDINGS) ? body.find("input") : -1;
        if (input < 0) {
            return key(all);
        }
        byte[] frame = key(all.without(input)).digest();
        byte[] single = all.value();
        return all.member() == input && single != null
                ? framed(frame, single, 0, single.length)
                : framed(frame, body.bytes(), body.start(input), body.end(input));
    }

    private CacheKey framed(byte[] frame, byte[] bytes, int start, int end) {
        KeyDigest digest = new KeyDigest(digests.get());
        digest.framed(frame, bytes, start, end);
        return digest.key();
    }

    /**
     * What may be similar about a question.
     *
     * @return empty if nothing may
     */
    public Optional<SemanticQuestion> semantic(CallFacts facts, Identity identity) {
        if (cache.semantic().isEmpty() || identity.threshold().isEmpty()) {
            return Optional.empty();
        }
        SemanticConfig semantic = cache.semantic().get();
        CanonicalDocument body = identity.body();
        Optional<LastWords> words = LastWords.of(body, facts.endpoint());
        if (words.isEmpty() || words.get().turns() > semantic.maxTurns()) {
            return Optional.empty();
        }
        String text = words.get().text(body);
        if (text.isBlank() || text.length() > semantic.maxCharacters()) {
            return Optional.empty();
        }
        Ingredients rest = ingredients(facts, partition(facts, identity), body)
                .with(SIMILAR, words.get().member(), words.get().without(body));
        return Optional.of(new SemanticQuestion(key(rest), text));
    }

    private Partition partition(CallFacts facts, Identity identity) {
        return Partition.of(facts, identity.namespace(), cache).partition().orElseThrow();
    }

    /**
     * The keys of the single inputs of a batch for embeddings, in their order: each is the one that a call with nothing but this input has.
     *
     * @return empty unless there are two inputs or more
     */
    public List<CacheKey> inputs(CallFacts facts, Identity identity) {
        CanonicalDocument body = identity.body();
        Optional<EmbeddingInputs> inputs = EmbeddingInputs.of(facts, body);
        if (inputs.isEmpty() || inputs.get().ends().size() < 2) {
            return List.of();
        }
        Ingredients all = ingredients(facts, partition(facts, identity), body);
        byte[] frame = key(all.without(inputs.get().member())).digest();
        List<CacheKey> keys = new ArrayList<>(inputs.get().ends().size());
        for (int i = 0; i < inputs.get().ends().size(); i++) {
            keys.add(framed(
                    frame,
                    body.bytes(),
                    inputs.get().starts().get(i),
                    inputs.get().ends().get(i)));
        }
        return keys;
    }

    /** What the cache makes of a question that nobody has asked; at the upstream {@code openai}. */
    public Reading read(CacheQuestion question) {
        return read(questions.facts(question));
    }

    /** In what two questions differ. Empty exactly if they have the same key. */
    public List<CacheDifference> explain(CacheQuestion one, CacheQuestion other) {
        CallFacts first = questions.facts(one);
        CallFacts second = questions.facts(other);
        Reading a = read(first);
        Reading b = read(second);
        if (a instanceof Reading.Cacheable x && b instanceof Reading.Cacheable y) {
            return Differences.between(told(first, x.identity()), told(second, y.identity()));
        }
        List<CacheDifference> bypassed = new ArrayList<>();
        Questions.objection(a)
                .ifPresent(why -> bypassed.add(new CacheDifference("cache", "not for the first: " + why)));
        Questions.objection(b)
                .ifPresent(why -> bypassed.add(new CacheDifference("cache", "not for the second: " + why)));
        return List.copyOf(bypassed);
    }

    private Ingredients told(CallFacts facts, Identity identity) {
        return ingredients(facts, partition(facts, identity), identity.body());
    }
}
