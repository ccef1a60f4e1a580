package dev.gateway4j.cassette.internal.match;

/** A request prepared for comparison, live or recorded. Immutable and thread-safe. */
public final class Question {
    private final MatchRules rules;
    private final Asked asked;
    private final Target target;
    private final Body body;
    private final long[] fingerprints;

    Question(MatchRules rules, Asked asked, Target target, Body body, long... fingerprints) {
        this.rules = rules;
        this.asked = asked;
        this.target = target;
        this.body = body;
        this.fingerprints = fingerprints.clone();
    }

    /**
     * Under which fingerprints a recording that answers this request can lie, in order of preference; a recorded request has exactly one.
     * A request and a recording that match share one under the same rules; two that share one need not match.
     */
    public long[] fingerprints() {
        return fingerprints.clone();
    }

    MatchRules rules() {
        return rules;
    }

    Asked asked() {
        return asked;
    }

    Target target() {
        return target;
    }

    Body body() {
        return body;
    }

    /** Method and path. */
    @Override
    public String toString() {
        return Shown.place(asked.method() + " " + asked.path());
    }
}
