/** What a request asks for, checked against tables; what is wrong becomes an error of OpenAI's own wording. */
@NullMarked
package dev.gateway4j.simulator.internal.request;

import org.jspecify.annotations.NullMarked;
