/** Spring AI through the gateway: give the model's HTTP client the gateway's interceptor. With Spring Boot, declare the customizer as a bean. */
@NullMarked
package dev.gateway4j.examples.springai;

import org.jspecify.annotations.NullMarked;
