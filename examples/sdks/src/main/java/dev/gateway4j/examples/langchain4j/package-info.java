/** LangChain4j through the gateway, by an adapter from its own HTTP client to OkHttp: {@link dev.gateway4j.examples.langchain4j.OkHttpHttpClientBuilder}. */
@NullMarked
package dev.gateway4j.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
