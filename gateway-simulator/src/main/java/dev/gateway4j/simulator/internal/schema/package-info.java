/** JSON that holds to a JSON schema, or breaks it in one place on purpose. Knows nothing of requests and answers. Entry: SchemaJson. */
@NullMarked
package dev.gateway4j.simulator.internal.schema;

import org.jspecify.annotations.NullMarked;
