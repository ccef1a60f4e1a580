package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.okhttp.internal.call.CallFacts;

/**
 * What a key is used for. A key that may not do one thing with a model, or without one, may well do another.
 *
 * @param method the HTTP method
 * @param endpoint the path, cut like the names of models
 * @param model the model
 */
record Use(String method, String endpoint, AskedModel model) {
    static Use of(CallFacts call) {
        return new Use(call.method(), AskedModel.folded(call.endpoint()), AskedModel.of(call.modelSent()));
    }
}
