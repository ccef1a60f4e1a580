package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.openai.Redaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The manner of Envoy AI Gateway's test server, its oddities included. */
final class TheirManner implements Manner {
    private static final String JSON = "application/json";
    private static final String MULTIPART = "multipart/form-data";
    private static final long ANY_BODY = Hash.of("any body");

    @Override
    public Question live(MatchRules rules, Asked asked) {
        Body body = body(asked);
        long place = place(asked);
        return question(rules, asked, body, Hash.of(place, body.hash()), Hash.of(place, ANY_BODY));
    }

    @Override
    public Question recorded(MatchRules rules, Asked asked) {
        Body body = body(asked);
        // What is not said to be JSON matches any form, so it cannot lie under its body.
        long identity = asked.contentType().contains(JSON) ? body.hash() : ANY_BODY;
        return question(rules, asked, body, Hash.of(place(asked), identity));
    }

    private static Body body(Asked asked) {
        return Body.of(asked, BodyRules.NONE, Optional.empty());
    }

    private static Question question(MatchRules rules, Asked asked, Body body, long... fingerprints) {
        return new Question(rules, asked, Target.of(asked.path(), asked.query()), body, fingerprints);
    }

    private static long place(Asked asked) {
        boolean queryMayCount = !Target.namesDeployment(asked.path());
        long query = queryMayCount ? Hash.of(Redaction.comparableQuery(asked.query())) : 0;
        return Hash.of(Hash.of(Hash.of(asked.method()), Hash.of(asked.path())), query);
    }

    @Override
    public boolean same(Question asked, Question recorded) {
        return asked.asked().method().equals(recorded.asked().method())
                && asked.asked().path().equals(recorded.asked().path())
                && query(asked, recorded).equals(query(recorded))
                && sameBody(asked, recorded);
    }

    private static String query(Question recorded) {
        return Redaction.comparableQuery(recorded.asked().query());
    }

    /** The query of the request as far as this recording wants it. */
    private static String query(Question asked, Question recorded) {
        boolean azure = recorded.asked().cassette().startsWith("azure-");
        return azure && Target.namesDeployment(asked.asked().path())
                ? ""
                : Redaction.comparableQuery(asked.asked().query());
    }

    private static boolean sameBody(Question asked, Question recorded) {
        if (either(asked, recorded, JSON)) {
            return Bodies.sameJson(recorded.body(), asked.body(), BodyRules.NONE);
        }
        return either(asked, recorded, MULTIPART)
                || Arrays.equals(asked.body().bytes(), recorded.body().bytes());
    }

    @Override
    public boolean spelled(Question recorded) {
        return recorded.asked().contentType().contains(JSON) && recorded.body().json();
    }

    private static boolean either(Question asked, Question recorded, String type) {
        return asked.asked().contentType().contains(type)
                || recorded.asked().contentType().contains(type);
    }

    @Override
    public List<Found> differences(Question asked, Question recorded) {
        List<Found> found = new ArrayList<>();
        Asked mine = recorded.asked();
        Asked theirs = asked.asked();
        if (!mine.method().equals(theirs.method())) {
            found.add(Found.of(Found.Kind.METHOD, "method", mine.method(), theirs.method()));
        }
        if (!mine.path().equals(theirs.path())) {
            found.add(Found.of(Found.Kind.PATH, "path", Shown.place(mine.path()), Shown.place(theirs.path())));
        }
        if (!query(asked, recorded).equals(query(recorded))) {
            found.addAll(queries(asked, recorded));
        }
        if (either(asked, recorded, JSON)) {
            found.addAll(Bodies.json(recorded.body(), asked.body(), BodyRules.NONE));
        } else if (!either(asked, recorded, MULTIPART)) {
            found.addAll(Bodies.bytes(recorded.body(), asked.body()));
        }
        return found;
    }

    private static List<Found> queries(Question asked, Question recorded) {
        String mine = query(recorded);
        String theirs = query(asked, recorded);
        List<Found> found =
                Bodies.parameters(Found.Kind.QUERY, "query", Parameters.ofForm(mine), Parameters.ofForm(theirs));
        // The same parameters, but in another order or escaped in another way.
        return found.isEmpty()
                ? List.of(Found.of(Found.Kind.QUERY, "query", Shown.text(mine), Shown.text(theirs)))
                : found;
    }

    @Override
    public String toString() {
        return "compatible";
    }
}
