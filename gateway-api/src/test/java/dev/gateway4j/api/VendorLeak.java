package dev.gateway4j.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import java.util.Optional;

/** Names a vendor's types in every way, for the test of the rule against it. */
public interface VendorLeak {
    /** Inside another type. */
    Optional<JsonFactory> inside();

    /** As a parameter. */
    void taken(JsonFactory factory);

    /** As an exception. */
    void thrown() throws JsonParseException;
}
