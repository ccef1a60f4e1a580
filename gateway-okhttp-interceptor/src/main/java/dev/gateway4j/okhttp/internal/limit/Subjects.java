package dev.gateway4j.okhttp.internal.limit;

import java.util.Optional;

/**
 * Whom a call concerns; empty where none is named. Those without a name share what one with a name would have.
 *
 * @param user the user, already joined with the tenant, for the same name under two tenants is two users
 * @param model the model that is asked of the upstream
 * @param key the name of the key, if one was chosen
 */
record Subjects(String tenant, String feature, String user, String model, Optional<String> key) {
    Subjects withKey(Optional<String> name) {
        return new Subjects(tenant, feature, user, model, name);
    }
}
