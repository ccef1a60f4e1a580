package dev.gateway4j.cassette.internal.scrub;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a leak looks like, said again in other words than the scrubber's, so that a mistake there does not hide here as well. */
final class Sights {
    private static final String BEFORE = "(?<![A-Za-z0-9])(?<![A-Za-z0-9_-]{32})";
    private static final String USER = "[!-~&&[^/?#\"<>\\\\@:]]{1,200}+";
    private static final String PASSWORD = "(?!scrubbed@|x++@|\\*++@|\\[|\\{|\\$)[!-~&&[^/?#\"<>\\\\@]]{1,200}+@";
    private static final List<Look> LOOKS = List.of(
            look("sk-ant-", "[A-Za-z0-9_-]{12,}+", "looks like an Anthropic key"),
            look("sk-proj-", "[A-Za-z0-9_-]{12,}+", "looks like an OpenAI key"),
            look("sk-svcacct-", "[A-Za-z0-9_-]{12,}+", "looks like an OpenAI key"),
            look("sk-", "(?=[a-z_-]{0,99}[A-Z0-9])[A-Za-z0-9_-]{16,}+", "looks like an OpenAI key"),
            look("sess-", "(?=[a-z_-]{0,99}[A-Z0-9])[A-Za-z0-9_-]{20,}+", "looks like an OpenAI session"),
            look("ek_", "(?=[a-z]{0,99}[A-Z0-9])[A-Za-z0-9]{16,}+", "looks like an ephemeral OpenAI key"),
            look("sk_live_", "[A-Za-z0-9]{12,}+", "looks like a Stripe key"),
            look("rk_live_", "[A-Za-z0-9]{12,}+", "looks like a Stripe key"),
            look("AKIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "looks like an AWS access key id"),
            look("ASIA", "[A-Z0-9]{16}(?![A-Za-z0-9])", "looks like an AWS access key id"),
            look("IQoJb3JpZ2lu", "[A-Za-z0-9+/_-]{20,}+", "looks like an AWS session token"),
            look("AIza", "[A-Za-z0-9_-]{30,}+", "looks like a Google API key"),
            look("ya29.", "[A-Za-z0-9_.-]{16,}+", "looks like a Google access token"),
            look("gh", "[oprsu]_[A-Za-z0-9]{20,}+", "looks like a GitHub token"),
            look("github_pat_", "[A-Za-z0-9_]{20,}+", "looks like a GitHub token"),
            look("xox", "[abeprs]-(?=[a-z-]{0,99}[0-9])[A-Za-z0-9-]{10,}+", "looks like a Slack token"),
            look(
                    "hooks.slack.com/",
                    "services/[A-Z0-9]{6,}+/[A-Z0-9]{6,}+/[A-Za-z0-9]{12,}+",
                    "looks like a Slack hook"),
            look("hf_", "[A-Za-z0-9]{20,}+", "looks like a Hugging Face token"),
            look("gsk_", "[A-Za-z0-9]{20,}+", "looks like a Groq key"),
            look("xai-", "(?=[a-z_-]{0,99}[A-Z0-9])[A-Za-z0-9_-]{20,}+", "looks like an xAI key"),
            look("eyJ", "[A-Za-z0-9_-]{9,}+\\.[A-Za-z0-9_-]{8,}+\\.", "looks like a JSON web token"),
            look("-----BEGIN ", "[A-Z ]{0,24}PRIVATE KEY[^\"]{0,200}?[A-Za-z0-9+/]{32}", "looks like a private key"),
            look(
                    "Bearer",
                    "[ +]{1,4}+(?=[A-Za-z._~+/=-]{0,99}[0-9])[A-Za-z0-9._~+/=-]{12,}+",
                    "looks like a bearer token"),
            look(
                    "bearer",
                    "[ +]{1,4}+(?=[A-Za-z._~+/=-]{0,99}[0-9])[A-Za-z0-9._~+/=-]{12,}+",
                    "looks like a bearer token"),
            look("://", USER + ":" + PASSWORD, "looks like a URL with a password"),
            look("/bot", "[0-9]{6,}+:[A-Za-z0-9_-]{30,}+", "looks like the token of a bot"),
            look("/webhooks/", "[0-9]{6,}+/[A-Za-z0-9_-]{30,}+", "looks like a web hook"));

    private static final Pattern ACCOUNT =
            Pattern.compile(BEFORE + "(?:org-|proj_|user-)([A-Za-z0-9]{16,}+)(?![A-Za-z0-9_-])");
    private static final Pattern MEMBER =
            Pattern.compile("\"([A-Za-z0-9_. -]{2,62})\"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}\"([^\"\\\\\n]{1,200}+)");
    private static final Pattern SET = Pattern.compile("[:=][\"' ]{0,3}+([A-Za-z0-9+/_=.~-]{16,}+)");
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]{2,60})[\"' ]{0,2}\\z");
    private static final String OF_URL = "[!-~&&[^\"'`<>\\\\^{}|)\\]#?]]";
    private static final Pattern SIGNATURE = Pattern.compile("\\?(?:" + OF_URL
            + "{0,2000}?&)?(?i:sig|signature|x-amz-signature|x-goog-signature)=(?!scrubbed(?:&|(?!" + OF_URL
            + "))|x++(?:&|(?!" + OF_URL + "))|\\*)(?:(?!&)" + OF_URL
            + "){8,}+");
    private static final int LOOK_BACK = 70;

    private Sights() {}

    /** The first thing of each kind that shows in the text. */
    static Optional<Sight> in(String text) {
        for (Look look : LOOKS) {
            Optional<Sight> seen = look.in(text);
            if (seen.isPresent()) {
                return seen;
            }
        }
        return account(text)
                .or(() -> signature(text))
                .or(() -> member(text))
                .or(() -> set(text))
                .or(() -> named(text));
    }

    private static Optional<Sight> account(String text) {
        if (!text.contains("org-") && !text.contains("proj_") && !text.contains("user-")) {
            return Optional.empty();
        }
        Matcher matcher = ACCOUNT.matcher(text);
        while (matcher.find()) {
            if (Chars.isRandom(text, matcher.start(1), matcher.end(1))) {
                return Optional.of(new Sight(matcher.start(), "looks like the id of an account"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Sight> signature(String text) {
        if (text.indexOf('?') < 0) {
            return Optional.empty();
        }
        Matcher matcher = SIGNATURE.matcher(text);
        return matcher.find() ? Optional.of(new Sight(matcher.start(), "looks like a signed URL")) : Optional.empty();
    }

    private static Optional<Sight> member(String text) {
        Matcher matcher = MEMBER.matcher(text);
        int at = text.indexOf("\":");
        int spaced = text.indexOf("\" :");
        if (at < 0 && spaced < 0) {
            return Optional.empty();
        }
        while (matcher.find()) {
            if (Words.isCredential(Words.plain(matcher.group(1))) && isReal(matcher.group(2))) {
                return Optional.of(new Sight(matcher.start(), "a member named like a credential has a value"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Sight> set(String text) {
        Matcher matcher = SET.matcher(text);
        while (matcher.find()) {
            if (Chars.isRandom(text, matcher.start(1), matcher.end(1))) {
                String before = text.substring(Math.max(0, matcher.start() - LOOK_BACK), matcher.start());
                Matcher name = NAME.matcher(before);
                if (name.find() && Words.isCredential(Words.plain(name.group(1)))) {
                    return Optional.of(
                            new Sight(matcher.start(1), "what follows a name like that of a credential looks drawn"));
                }
            }
        }
        return Optional.empty();
    }

    /** What the scrubber itself would take out for its name, for the kinds that no pattern here knows. */
    private static Optional<Sight> named(String text) {
        Edits edits = new Edits(text, false);
        Queries.findWithin(text, edits);
        Assignments.find(text, edits);
        Members.find(edits);
        for (int at = text.indexOf("Basic "); at >= 0; at = text.indexOf("Basic ", at + 1)) {
            Phrases.mark(text, at, edits);
        }
        return edits.settled().stream()
                .findFirst()
                .map(edit -> new Sight(edit.from(), "stands beside the name of a credential"));
    }

    private static boolean isReal(String value) {
        return "[<{$".indexOf(value.charAt(0)) < 0 && !Chars.isPlaceholder(value);
    }

    private static Look look(String needle, String rest, String kind) {
        String before = Character.isLetter(needle.charAt(0)) ? BEFORE : "";
        return new Look(needle, Pattern.compile(before + Pattern.quote(needle) + rest), kind);
    }

    private record Look(String needle, Pattern pattern, String kind) {
        Optional<Sight> in(String text) {
            int at = text.indexOf(needle);
            if (at < 0) {
                return Optional.empty();
            }
            Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
            for (; at >= 0; at = text.indexOf(needle, at + 1)) {
                if (matcher.region(at, text.length()).lookingAt()) {
                    return Optional.of(new Sight(at, kind));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Something that was seen.
     *
     * @param at where it begins
     * @param kind what it is, as the end of a sentence
     */
    record Sight(int at, String kind) {}
}
