package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.plan.PromptTokens;
import dev.gateway4j.simulator.internal.store.State;
import dev.gateway4j.simulator.internal.tokens.Tokens;

/**
 * What handlers share.
 *
 * @param time the clock
 * @param seed the seed of every draw
 * @param tokens the tokenizer
 * @param promptTokens what prompts cost
 * @param planner makes plans
 * @param state what is remembered between calls
 */
public record Services(
        TimeSource time, long seed, Tokens tokens, PromptTokens promptTokens, Planner planner, State state) {}
