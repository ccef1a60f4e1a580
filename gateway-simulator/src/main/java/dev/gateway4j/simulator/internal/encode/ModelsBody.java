package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Model;
import java.io.IOException;
import java.util.Collection;

/** Models as they are listed. */
public final class ModelsBody {
    private ModelsBody() {}

    /** The body of one model. */
    public static byte[] of(Model model) {
        return Json.bytes(Json.indented(json -> write(json, model)) + "\n");
    }

    /** The body of a list of models. */
    public static byte[] of(Collection<Model> models) {
        return Json.bytes(Json.indented(json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "list");
                    json.writeArrayFieldStart("data");
                    for (Model model : models) {
                        write(json, model);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                })
                + "\n");
    }

    /** The body that says a model is gone. */
    public static byte[] deleted(String id) {
        return Json.bytes(Json.indented(json -> {
                    json.writeStartObject();
                    json.writeStringField("object", "model");
                    json.writeStringField("id", id);
                    json.writeBooleanField("deleted", true);
                    json.writeEndObject();
                })
                + "\n");
    }

    private static void write(JsonGenerator json, Model model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model.id());
        json.writeStringField("object", "model");
        json.writeNumberField("created", model.created());
        json.writeStringField("owned_by", model.owner());
        json.writeEndObject();
    }
}
