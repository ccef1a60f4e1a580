package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.openai.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** Our own manner: by meaning, as the settings have it. */
final class OurManner implements Manner {
    private static final long ANY_PARTS = Hash.of("any parts");
    private static final long FORM = Hash.of("form");
    private static final long PARTS = Hash.of("parts");

    private final CassetteConfig.Match settings;
    private final BodyRules rules;
    private final List<BodyRules.Place> model;

    OurManner(CassetteConfig.Match settings) {
        this.settings = settings;
        this.rules = BodyRules.of(settings.body());
        this.model = BodyRules.below(rules.root(), "model");
    }

    @Override
    public Question live(MatchRules matchRules, Asked asked) {
        Target raw = Target.of(asked.path(), asked.query());
        Body body = body(asked, raw);
        Target target = target(raw, body);
        List<Long> bodies = new ArrayList<>();
        if (body.kind() == BodyKind.PARTS || body.omitted()) {
            if (!body.parts().isEmpty()) {
                bodies.add(parts(body));
            }
            bodies.add(ANY_PARTS);
        }
        bodies.add(body.hash());
        if (body.kind() == BodyKind.FORM || body.kind() == BodyKind.UNSAID) {
            bodies.add(form(body));
        }
        long place = place(asked, target);
        long query = Parameters.hash(target.query());
        LongStream.Builder fingerprints = LongStream.builder();
        for (long identity : bodies) {
            fingerprints.add(Hash.of(Hash.of(place, query), identity));
            if (query != 0 && (raw.deployment().isPresent() || settings.azureAsOpenAi())) {
                fingerprints.add(Hash.of(Hash.of(place, 0), identity));
            }
        }
        return new Question(
                matchRules, asked, target, body, fingerprints.build().toArray());
    }

    @Override
    public Question recorded(MatchRules matchRules, Asked asked) {
        Target raw = Target.of(asked.path(), asked.query());
        Body body = body(asked, raw);
        Target target = target(raw, body);
        long place = Hash.of(place(asked, target), Parameters.hash(target.query()));
        return new Question(matchRules, asked, target, body, Hash.of(place, identity(body)));
    }

    private Body body(Asked asked, Target raw) {
        return Body.of(asked, rules, settings.azureAsOpenAi() ? raw.deployment() : Optional.empty());
    }

    private Target target(Target raw, Body body) {
        if (settings.azureAsOpenAi()) {
            return raw.asOpenAi();
        }
        // Recording writes the model in place of the deployment.
        Optional<String> deployment = raw.deployment().map(name -> body.model().orElse(name));
        return new Target(raw.path(), deployment, raw.query());
    }

    private long place(Asked asked, Target target) {
        long place = Hash.of(Hash.of(asked.method()), Hash.of(target.path()));
        boolean counts = !settings.azureAsOpenAi() && model.stream().noneMatch(OurManner::ruled);
        return counts ? Hash.of(place, target.deployment().map(Hash::of).orElse(0L)) : place;
    }

    private static boolean ruled(BodyRules.Place at) {
        return BodyRules.ignored(List.of(at)) || BodyRules.checked(List.of(at));
    }

    private static long identity(Body body) {
        if (body.omitted() || body.kind() == BodyKind.PARTS) {
            return !body.parts().isEmpty() ? parts(body) : body.omitted() ? ANY_PARTS : body.hash();
        }
        return body.kind() == BodyKind.FORM ? form(body) : body.hash();
    }

    private static long form(Body body) {
        return Hash.of(FORM, Parameters.hash(body.fields()));
    }

    private static long parts(Body body) {
        return Hash.of(PARTS, body.parts().hashCode());
    }

    @Override
    public boolean same(Question asked, Question recorded) {
        return asked.asked().method().equals(recorded.asked().method())
                && samePath(asked.target(), recorded.target())
                && sameQuery(asked, recorded)
                && headers(asked, recorded).isEmpty()
                && sameBody(asked.body(), recorded.body());
    }

    private boolean samePath(Target asked, Target recorded) {
        return asked.path().equals(recorded.path())
                && (settings.azureAsOpenAi() || sameDeployment(asked.deployment(), recorded.deployment()));
    }

    private boolean sameDeployment(Optional<String> asked, Optional<String> recorded) {
        if (asked.equals(recorded)) {
            return true;
        }
        return asked.isPresent()
                && recorded.isPresent()
                && BodyRules.same(model, Trees.text(recorded.get()), Trees.text(asked.get()));
    }

    /** Recording drops the query of a deployment, so a recording without one knows nothing of it. */
    private static boolean sameQuery(Question asked, Question recorded) {
        return asked.target().query().equals(recorded.target().query())
                || (recorded.target().query().isEmpty()
                        && recorded.target().deployment().isPresent());
    }

    private boolean sameBody(Body asked, Body recorded) {
        if (isComposed(recorded)) {
            return composed(asked, recorded).isEmpty();
        }
        return asJson(asked, recorded) && Bodies.sameJson(recorded, asked, rules);
    }

    /** Under other rules than to ignore, equal spellings do not prove equal values. */
    @Override
    public boolean spelled(Question recorded) {
        Body body = recorded.body();
        return body.kind() == BodyKind.JSON && body.json() && !rules.check();
    }

    /** True if either is meant to be JSON, or the bytes are the same; then the model of the deployment still has to be. */
    private static boolean asJson(Body asked, Body recorded) {
        return asked.kind() == BodyKind.JSON
                || recorded.kind() == BodyKind.JSON
                || Arrays.equals(asked.bytes(), recorded.bytes());
    }

    private static boolean isComposed(Body recorded) {
        return recorded.omitted() || recorded.kind() == BodyKind.PARTS || recorded.kind() == BodyKind.FORM;
    }

    /** A recording of parts or of a form. */
    private List<Found> composed(Body asked, Body recorded) {
        if (recorded.kind() == BodyKind.FORM) {
            boolean form = asked.kind() == BodyKind.FORM || asked.kind() == BodyKind.UNSAID;
            return form
                    ? Bodies.parameters(Found.Kind.CHANGED, "field", recorded.fields(), asked.fields())
                    : List.of(clash("a form", asked));
        }
        if (recorded.parts().isEmpty()) {
            if (!recorded.omitted()) {
                return Arrays.equals(recorded.bytes(), asked.bytes()) // nobody can read it
                        ? Bodies.json(recorded, asked, rules)
                        : Bodies.bytes(recorded, asked);
            }
            boolean multipart = asked.kind() == BodyKind.PARTS || asked.omitted();
            return multipart ? List.of() : List.of(clash("a multipart form", asked));
        }
        return !asked.parts().isEmpty()
                ? Bodies.parts(recorded.parts(), asked.parts())
                : List.of(clash("a multipart form", asked));
    }

    private static Found clash(String recorded, Body asked) {
        String got =
                switch (asked.kind()) {
                    case JSON -> "JSON";
                    case FORM -> "a form";
                    case PARTS -> "multipart that cannot be read";
                    case UNSAID -> "a body without Content-Type";
                    case BYTES -> "a body of another type";
                };
        return Found.of(Found.Kind.BODY, "body", recorded, got);
    }

    @Override
    public List<Found> differences(Question asked, Question recorded) {
        List<Found> found = new ArrayList<>();
        String mine = recorded.asked().method();
        String theirs = asked.asked().method();
        if (!mine.equals(theirs)) {
            found.add(Found.of(Found.Kind.METHOD, "method", mine, theirs));
        }
        if (!samePath(asked.target(), recorded.target())) {
            found.add(Found.of(
                    Found.Kind.PATH,
                    "path",
                    Shown.place(recorded.target().shown()),
                    Shown.place(asked.target().shown())));
        }
        if (!sameQuery(asked, recorded)) {
            found.addAll(Bodies.parameters(
                    Found.Kind.QUERY,
                    "query",
                    recorded.target().query(),
                    asked.target().query()));
        }
        found.addAll(headers(asked, recorded));
        found.addAll(bodies(asked.body(), recorded.body()));
        return found;
    }

    private List<Found> bodies(Body asked, Body recorded) {
        if (isComposed(recorded)) {
            return composed(asked, recorded);
        }
        return asJson(asked, recorded) ? Bodies.json(recorded, asked, rules) : Bodies.bytes(recorded, asked);
    }

    private List<Found> headers(Question asked, Question recorded) {
        if (settings.headers().isEmpty()) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (String name : settings.headers()) {
            List<String> mine = recorded.asked().header(name);
            List<String> theirs = asked.asked().header(name);
            if (!mine.equals(theirs)) {
                found.add(Found.of(
                        Found.Kind.HEADER, Shown.place("header " + name), shown(name, mine), shown(name, theirs)));
            }
        }
        return found;
    }

    private static String shown(String name, List<String> values) {
        if (values.isEmpty()) {
            return Difference.ABSENT;
        }
        return Redaction.isSecretHeader(name) ? "[redacted]" : Shown.text(String.join(", ", values));
    }

    @Override
    public String toString() {
        return "headers=" + settings.headers() + ", azureAsOpenAi=" + settings.azureAsOpenAi() + ", body="
                + settings.body().stream()
                        .map(rule -> rule.at() + " " + rule.same().name().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
