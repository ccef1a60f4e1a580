package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.Optional;

/** Whom a call concerns, from its tags and its body. */
final class CallSubjects {
    private CallSubjects() {}

    /** Whom the call concerns, before a key was chosen. */
    static Subjects of(CallFacts call) {
        return of(call.tags(), call.request().user(), call.modelSent().orElse(""), Optional.empty());
    }

    /** The user in the tags, or else the one in the body. */
    static Subjects of(CallTags tags, Optional<String> bodyUser, String model, Optional<String> key) {
        String tenant = tags.tenant().orElse("");
        // Tags are cleaned when they are made; what stands in a body is not.
        Optional<String> user = tags.user()
                .or(() ->
                        bodyUser.flatMap(name -> CallTags.none().withUser(name).user()));
        return new Subjects(
                tenant,
                tags.feature().orElse(""),
                user(tenant, Names.bounded(user.orElse(""))),
                Names.bounded(model),
                key);
    }

    /**
     * {@code tenant/user}, and just the user where there is no tenant. Names with a slash in them are written so that two users never become
     * one.
     */
    static String user(String tenant, String user) {
        if (tenant.isEmpty()) {
            return user.indexOf('/') < 0 ? user : "/" + user;
        }
        String first = tenant.indexOf('/') < 0 && tenant.indexOf('%') < 0
                ? tenant
                : tenant.replace("%", "%25").replace("/", "%2F");
        return first + "/" + user;
    }
}
