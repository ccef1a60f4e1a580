package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.plan.PromptTokens;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.EmbeddingsRequest;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.tokens.Tokens;

/** The endpoints that are simulated. */
public final class OpenAiRoutes {
    private OpenAiRoutes() {}

    /** All routes, answered with these plans. */
    public static Routes of(Planner planner, Tokens tokens) {
        PromptTokens promptTokens = new PromptTokens(tokens);
        ResponsesHandler responses = new ResponsesHandler(planner, promptTokens);
        return Routes.builder()
                .add("POST", ChatRequest.ENDPOINT, new ChatHandler(planner, promptTokens))
                .add("POST", ResponsesRequest.ENDPOINT, responses::create)
                .add("GET", ResponsesRequest.ENDPOINT + "/*", responses::get)
                .add("DELETE", ResponsesRequest.ENDPOINT + "/*", responses::delete)
                .add("GET", ResponsesRequest.ENDPOINT + "/*/input_items", responses::inputItems)
                .add("POST", EmbeddingsRequest.ENDPOINT, new EmbeddingsHandler(tokens, planner))
                .add("GET", ModelsHandler.PATH, ModelsHandler::list)
                .add("GET", ModelsHandler.PATH + "/*", ModelsHandler::one)
                .build();
    }
}
