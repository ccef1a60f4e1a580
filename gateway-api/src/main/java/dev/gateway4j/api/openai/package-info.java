/**
 * The OpenAI dialect, read once: what a request asks for, what an answer says it used, server-sent events, canonical JSON and error bodies.
 * Everything here reads bytes as they flow and builds no tree.
 */
@NullMarked
package dev.gateway4j.api.openai;

import org.jspecify.annotations.NullMarked;
