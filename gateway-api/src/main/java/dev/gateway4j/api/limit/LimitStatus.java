package dev.gateway4j.api.limit;

import java.time.Duration;

/**
 * How one limit stands now.
 *
 * @param name the path of the setting, such as {@code per_user.requests_per_minute}; {@code upstream} for what was learned
 * @param scope whose calls count together
 * @param subject whom it is for, such as the name of a user; empty for the scopes global and environment
 * @param kind what is counted
 * @param limit how much there is at most
 * @param remaining how much is left; negative while debt of earlier calls is paid off
 * @param reset until everything is there again, if nothing is taken; zero for concurrency
 * @param window the time for {@code limit}; zero for concurrency
 */
public record LimitStatus(
        String name,
        LimitScope scope,
        String subject,
        LimitKind kind,
        long limit,
        long remaining,
        Duration reset,
        Duration window) {}
