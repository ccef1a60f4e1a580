package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;

/**
 * One thing to take from one limit.
 *
 * @param limit the path of the setting, such as {@code per_user.requests_per_minute}
 * @param subject whom it is for; empty where none is named
 * @param amount how much; 0 is what may only be taken where something is left
 */
record Charge(String limit, LimitScope scope, String subject, LimitKind kind, Allowance allowance, long amount) {}
