package dev.gateway4j.cassette.internal.scrub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of the address of an Azure OpenAI resource whose it is. */
final class Azure {
    static final String HOST = "resource-name.cognitiveservices.azure.com";
    private static final List<String> HOSTS =
            List.of(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");
    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/?#]+)(?=/)");
    private static final JsonFactory JSON = new JsonFactory();

    private Azure() {}

    /** True if a deployment is called. */
    static boolean isDeployment(String path) {
        return DEPLOYMENT.matcher(path).find();
    }

    /** True if the host, with or without a port, belongs to one customer. */
    static boolean isResource(String host) {
        int colon = host.indexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        return HOSTS.stream().anyMatch(name::endsWith);
    }

    /** The path with the model in place of the deployment, if the body names a model that can stand in a path. */
    static String path(String path, byte[] body) {
        Matcher deployment = DEPLOYMENT.matcher(path);
        if (!deployment.find()) {
            return path;
        }
        Optional<String> model = model(body);
        return model.isEmpty()
                ? path
                : path.substring(0, deployment.start(1))
                        + View.escaped(model.get())
                        + path.substring(deployment.end(1));
    }

    private static Optional<String> model(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            Optional<String> model = Optional.empty();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return model;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals("model");
                JsonToken value = parser.nextToken();
                if (named) {
                    model = value == JsonToken.VALUE_STRING && !parser.getText().isEmpty()
                            ? Optional.of(parser.getText())
                            : Optional.empty();
                }
                parser.skipChildren();
            }
            return model;
        } catch (IOException e) {
            return Optional.empty(); // no JSON names no model
        }
    }
}
