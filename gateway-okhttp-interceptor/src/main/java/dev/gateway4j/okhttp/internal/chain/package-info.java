/**
 * The one place that knows the order of the chain and all the rooms in it. Entry class: {@link
 * dev.gateway4j.okhttp.internal.chain.GatewayChain}.
 */
@NullMarked
package dev.gateway4j.okhttp.internal.chain;

import org.jspecify.annotations.NullMarked;
