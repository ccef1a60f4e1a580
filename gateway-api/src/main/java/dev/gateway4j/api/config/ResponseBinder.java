package dev.gateway4j.api.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes rules of the checked {@code simulated_responses}. */
final class ResponseBinder {
    private static final String TEMPLATES = "templates";

    private final Problems problems;

    ResponseBinder(Problems problems) {
        this.problems = problems;
    }

    List<ResponseRule> rules(Tree.Section openai) {
        return openai.sections("simulated_responses").stream()
                .map(this::rule)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ResponseRule> rule(Tree.Section entry) {
        Optional<String> endpoint = endpoint(entry);
        if (entry.at("response_type").isEmpty()) {
            problems.add(entry.origin(), "has no response_type; write template, generated, cassette or passthrough");
        }
        Optional<ResponseType> type =
                entry.text("response_type").map(text -> Values.constant(ResponseType.class, text.value()));
        Optional<Path> templates = entry.text(TEMPLATES).flatMap(this::directory);
        if (type.equals(Optional.of(ResponseType.TEMPLATE))
                && entry.at(TEMPLATES).isEmpty()) {
            problems.add(entry.origin(), "has no templates; response_type template needs the directory they lie in");
        }
        if (endpoint.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ResponseRule(
                endpoint.get(),
                entry.text("model").map(Tree.Text::value),
                type.get(),
                templates,
                entry.text("cassettes").map(given -> CassetteBinder.located(given, problems))));
    }

    private Optional<String> endpoint(Tree.Section entry) {
        if (entry.at("endpoint").isEmpty()) {
            problems.add(entry.origin(), "has no endpoint; write a path such as /v1/chat/completions");
        }
        Optional<Tree.Text> given = entry.text("endpoint");
        given.filter(text -> !text.value().startsWith("/"))
                .ifPresent(text -> problems.add(
                        text.origin(),
                        Problems.quoted(text.shown()) + " does not begin with /; write a path such as"
                                + " /v1/chat/completions"));
        return given.map(Tree.Text::value);
    }

    private Optional<Path> directory(Tree.Text text) {
        String shown = Problems.quoted(text.shown());
        try {
            Path path = text.origin().base().resolve(text.value().strip()).normalize();
            if (Files.isDirectory(path) && Files.isReadable(path)) {
                return Optional.of(path);
            }
            String reason = Files.isDirectory(path)
                    ? "cannot be read; allow this user to"
                    : Files.exists(path) ? "is not a directory; name the directory" : "is missing; create it";
            problems.add(
                    text.origin(),
                    "the directory of templates " + shown + " " + reason + " (relative paths start "
                            + (text.origin().isFile()
                                    ? "beside " + text.origin().source()
                                    : "in the working directory") + ")");
        } catch (InvalidPathException e) {
            problems.add(text.origin(), shown + " is not a path");
        }
        return Optional.empty();
    }
}
