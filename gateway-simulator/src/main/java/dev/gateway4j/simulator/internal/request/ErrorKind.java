package dev.gateway4j.simulator.internal.request;

/**
 * The table of errors in OpenAI's own wording. {@code {0}} and so on stand for what differs from case to case; an empty code or param is
 * null on the wire.
 */
public enum ErrorKind {
    /** The body is no JSON object. */
    BAD_JSON(
            400,
            "",
            "",
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library"
                    + " correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble"
                    + " figuring out how to fix this, please contact us through our help center at help.openai.com.)"),
    /** No model, in chat and embeddings. */
    NO_MODEL(400, "", "", "you must provide a model parameter"),
    /** A member that must be there is not. */
    MISSING(400, "missing_required_parameter", "{0}", "Missing required parameter: ''{0}''."),
    /** A member of the wrong JSON type. */
    TYPE(400, "invalid_type", "{0}", "Invalid type for ''{0}'': expected {1}, but got {2} instead."),
    /** A text that is none of those allowed. */
    VALUE(400, "invalid_value", "{0}", "Invalid value: ''{1}''. Supported values are: {2}."),
    /** Null where a message needs content. */
    NULL_CONTENT(400, "", "messages.[{0}].content", "Invalid value for 'content': expected a string, got null."),
    /** A member that does not exist. */
    UNKNOWN_PARAMETER(400, "unknown_parameter", "{0}", "Unknown parameter: ''{0}''."),
    /** A reasoning model is asked for {@code max_tokens}. */
    MAX_TOKENS_UNSUPPORTED(
            400,
            "unsupported_parameter",
            "max_tokens",
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
    /** A reasoning model is asked for something it does not do. */
    UNSUPPORTED(
            400, "unsupported_parameter", "{0}", "Unsupported parameter: ''{0}'' is not supported with this model."),
    /** The same in the Responses API, where it has no code. */
    UNSUPPORTED_RESPONSES(400, "", "{0}", "Unsupported parameter: ''{0}'' is not supported with this model."),
    /** A reasoning model is asked for a temperature of its own. */
    UNSUPPORTED_VALUE(
            400,
            "unsupported_value",
            "{0}",
            "Unsupported value: ''{0}'' does not support {1} with this model. Only the default (1) value is supported."),
    /** Streaming options without a stream. */
    STREAM_OPTIONS(
            400, "", "stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled."),
    /** An empty array. */
    EMPTY_ARRAY(
            400,
            "empty_array",
            "{0}",
            "Invalid ''{0}'': empty array. Expected an array with minimum length 1, but got an empty array instead."),
    /** An array with too many elements. */
    LONG_ARRAY(
            400,
            "array_above_max_length",
            "{0}",
            "Invalid ''{0}'': array too long. Expected an array with maximum length {1}, but got an array with length {2} instead."),
    /** A number that is too small. */
    BELOW(
            400,
            "{1}_below_min_value",
            "{0}",
            "Invalid ''{0}'': {1} below minimum value. Expected a value >= {2}, but got {3} instead."),
    /** A number that is too large. */
    ABOVE(
            400,
            "{1}_above_max_value",
            "{0}",
            "Invalid ''{0}'': {1} above maximum value. Expected a value <= {2}, but got {3} instead."),
    /** More output asked for than the model gives. */
    MAX_TOKENS_TOO_LARGE(
            400,
            "invalid_value",
            "{0}",
            "{0} is too large: {1}. This model supports at most {2} completion tokens, whereas you provided {1}."),
    /** A tool message that answers no call. */
    ORPHAN_TOOL(
            400,
            "",
            "messages.[{0}].role",
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."),
    /** A call that no tool message answers. */
    UNANSWERED_TOOL(
            400,
            "",
            "messages.[{0}].role",
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The"
                    + " following tool_call_ids did not have response messages: {1}"),
    /** JSON mode without the word. */
    JSON_WORD(
            400,
            "",
            "messages",
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'."),
    /** Too long a prompt, in chat. */
    CONTEXT(
            400,
            "context_length_exceeded",
            "messages",
            "This model's maximum context length is {0} tokens. However, your messages resulted in {1} tokens. Please reduce the"
                    + " length of the messages."),
    /** Too long a prompt, in responses. */
    CONTEXT_RESPONSES(
            400,
            "context_length_exceeded",
            "input",
            "Your input exceeds the context window of this model. Please adjust your input and try again."),
    /** Too long an input, in embeddings. */
    CONTEXT_EMBEDDINGS(
            400,
            "",
            "",
            "This model's maximum context length is {0} tokens, however you requested {1} tokens ({1} in your prompt; 0 for the"
                    + " completion). Please reduce your prompt; or completion length."),
    /** Too much input in one request of embeddings. */
    EMBEDDINGS_TOO_MANY(
            400,
            "max_tokens_per_request",
            "max_tokens_per_request",
            "",
            "Requested {0} tokens, max 300000 tokens per request"),
    /** An input of embeddings that is empty or no text. */
    EMBEDDINGS_INPUT(
            400,
            "",
            "",
            "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference."),
    /** Fewer dimensions than one. */
    DIMENSIONS_BELOW(400, "", "", "{0} is less than the minimum of 1 - 'dimensions'"),
    /** More dimensions than the model has. */
    DIMENSIONS_ABOVE(400, "", "", "Invalid value for 'dimensions' = {0}. Must be less than or equal to {1}."),
    /** Dimensions for a model that knows no such thing. */
    DIMENSIONS_UNSUPPORTED(400, "", "", "This model does not support specifying dimensions."),
    /** The response before this one is not known. */
    PREVIOUS_NOT_FOUND(
            400, "previous_response_not_found", "previous_response_id", "Previous response with id ''{0}'' not found."),
    /** No conversation of this id is stored: conversations are not simulated. */
    CONVERSATION_NOT_FOUND(404, "", "", "Conversation with id ''{0}'' not found."),
    /** JSON mode without the word, in responses. */
    JSON_WORD_RESPONSES(
            400,
            "",
            "input",
            "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'."),
    /** No response of this id is stored. */
    RESPONSE_NOT_FOUND(404, "", "", "Response with id ''{0}'' not found."),
    /** No such model, in chat and embeddings. */
    MODEL(404, "model_not_found", "", "The model `{0}` does not exist or you do not have access to it."),
    /** No such model, in responses. */
    MODEL_RESPONSES(400, "model_not_found", "model", "The requested model ''{0}'' does not exist."),
    /** No such model, in the listing. */
    MODEL_LISTING(404, "model_not_found", "model", "The model ''{0}'' does not exist"),
    /** The model is of another kind. */
    NOT_CHAT(
            404,
            "",
            "model",
            "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use"
                    + " v1/completions?"),
    /** The model only answers in the Responses API. */
    RESPONSES_ONLY(404, "", "model", "This model is only supported in v1/responses and not in v1/chat/completions."),
    /** No such path. */
    URL(404, "", "", "Invalid URL ({0} {1})"),
    /** No such path, without the version in front. */
    UNKNOWN_URL(
            404,
            "unknown_url",
            "",
            "Unknown request URL: {0} {1}. Please check the URL for typos, or see the docs at"
                    + " https://platform.openai.com/docs/api-reference/."),
    /** The path exists, the method does not. */
    METHOD(
            405,
            "method_not_supported",
            "",
            "Not allowed to {0} on {1}. (HINT: Perhaps you meant to use a different HTTP method?)"),
    /** A mistake of the simulator itself. */
    SERVER(
            500,
            "server_error",
            "",
            "",
            "The server had an error processing your request. Sorry about that! You can retry your request, or contact us through"
                    + " our help center at help.openai.com if you keep seeing this error. (Please include the request ID {0} in your"
                    + " email.)");

    private final int status;
    private final String type;
    private final String code;
    private final String param;
    private final String message;

    ErrorKind(int status, String code, String param, String message) {
        this(status, "invalid_request_error", code, param, message);
    }

    ErrorKind(int status, String type, String code, String param, String message) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
        this.message = message.replace("''", "'");
    }

    /** This error with what is particular to the case at hand. */
    public ApiError with(Object... particulars) {
        return new ApiError(
                status, type, filled(code, particulars), filled(param, particulars), filled(message, particulars));
    }

    private static String filled(String pattern, Object... particulars) {
        if (pattern.indexOf('{') < 0) {
            return pattern;
        }
        StringBuilder text = new StringBuilder(pattern.length() + 32);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '{') {
                text.append(particulars[pattern.charAt(i + 1) - '0']);
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
