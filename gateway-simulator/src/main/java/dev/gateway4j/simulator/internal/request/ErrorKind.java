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
    /** An array with too few elements. */
    SHORT_ARRAY(
            400,
            "array_below_min_length",
            "{0}",
            "Invalid ''{0}'': array too short. Expected an array with minimum length {1}, but got an array with length {2} instead."),
    /** An empty text. */
    EMPTY_STRING(
            400,
            "empty_string",
            "{0}",
            "Invalid ''{0}'': empty string. Expected a string with minimum length {1}, but got an empty string instead."),
    /** A text that is too short. */
    SHORT_STRING(
            400,
            "string_below_min_length",
            "{0}",
            "Invalid ''{0}'': string too short. Expected a string with minimum length {1}, but got a string with length {2} instead."),
    /** A text that is too long. */
    LONG_STRING(
            400,
            "string_above_max_length",
            "{0}",
            "Invalid ''{0}'': string too long. Expected a string with maximum length {1}, but got a string with length {2} instead."),
    /** A text with characters or a form that it must not have. */
    PATTERN(
            400,
            "invalid_value",
            "{0}",
            "Invalid ''{0}'': string does not match pattern. Expected a string that matches the pattern ''{1}''."),
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
    /** A choice of tools, or something else about them, without any. */
    WITHOUT_TOOLS(400, "", "{0}", "Invalid value for ''{0}'': ''{0}'' is only allowed when ''{1}'' are specified."),
    /** A choice of a tool that is not there. */
    NO_SUCH_TOOL(
            400, "", "{0}", "Invalid value for ''{0}'': no function named {1} was specified in the ''{2}'' parameter."),
    /** Two tools of one name. */
    SAME_TOOL(400, "", "{0}", "Invalid value for ''{0}'': the name ''{1}'' is given to more than one tool."),
    /** An object with too many members. */
    MANY_PROPERTIES(
            400,
            "object_above_max_properties",
            "{0}",
            "Invalid ''{0}'': too many properties. Expected an object with at most {1} properties, but got an object with {2}"
                    + " properties instead."),
    /** A schema of a function that cannot be held to. */
    FUNCTION_SCHEMA(400, "invalid_function_parameters", "{0}", "Invalid schema for function ''{1}'': {2}"),
    /** A schema of an answer that cannot be held to, in chat. */
    FORMAT_SCHEMA(400, "", "response_format", "Invalid schema for response_format ''{0}'': {1}"),
    /** Alternatives of tokens without any probabilities. */
    TOP_LOGPROBS(400, "", "top_logprobs", "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled."),
    /** Metadata of something that is not kept. */
    METADATA_UNSTORED(400, "", "metadata", "The 'metadata' parameter is only allowed when 'store' is enabled."),
    /** Two limits of output. */
    BOTH_LIMITS(
            400,
            "invalid_parameter_combination",
            "max_tokens",
            "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."),
    /** A member that models of another kind know. */
    UNRECOGNIZED(400, "", "", "Unrecognized request argument supplied: {0}"),
    /** A member that a searching model does not know. */
    INCOMPATIBLE(400, "", "", "Model incompatible request argument supplied: {0}"),
    /** A web search by a model that cannot. */
    NO_WEB_SEARCH(400, "", "web_search_options", "Web search options not supported with this model."),
    /** Functions for a model that reasons, where they are told apart. */
    TOOLS_WHILE_REASONING(
            400,
            "",
            "reasoning_effort",
            "Function tools with reasoning_effort are not supported for {0} in /v1/chat/completions. To use function tools, use"
                    + " /v1/responses or set reasoning_effort to 'none'."),
    /** A tool message that answers another call than those before it. */
    UNKNOWN_CALL(
            400,
            "",
            "messages.[{0}].tool_call_id",
            "Invalid parameter: 'tool_call_id' of ''{1}'' not found in 'tool_calls' of previous message."),
    /** A picture in a message that is not the user's. */
    IMAGE_ROLE(
            400,
            "invalid_value",
            "{0}",
            "Invalid ''{0}''. Image URLs are only allowed for messages with role 'user', but this message with role ''{1}'' contains"
                    + " an image URL."),
    /** A picture in a format that is not read. */
    IMAGE_FORMAT(
            400,
            "invalid_image_format",
            "",
            "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following"
                    + " formats: ['png', 'jpeg', 'gif', 'webp']."),
    /** A speaking model that neither hears nor speaks. */
    NEEDS_AUDIO(
            400,
            "invalid_value",
            "model",
            "This model requires that either input content or output modality contain audio."),
    /** Speech that cannot be streamed. */
    STREAMED_AUDIO(
            400,
            "unsupported_value",
            "audio.format",
            "Unsupported value: 'audio.format' does not support ''{0}'' when stream=true. Supported values are: 'pcm16'."),
    /** A chat model in legacy completions. */
    CHAT_ONLY(
            404,
            "",
            "model",
            "This is a chat model and not supported in the v1/completions endpoint. Did you mean to use v1/chat/completions?"),
    /** More answers asked for than are made. */
    BEST_OF(
            400,
            "",
            "best_of",
            "You requested that the server return more choices than it will generate (HINT: you must set 'n' (currently {0}) to be at"
                    + " most 'best_of' (currently {1}), or omit either parameter if you don't specifically want to use them.)"),
    /** Too long a prompt, with the tools told apart. */
    CONTEXT_TOOLS(
            400,
            "context_length_exceeded",
            "messages",
            "This model's maximum context length is {0} tokens. However, your messages resulted in {1} tokens ({2} in the messages,"
                    + " {3} in the functions). Please reduce the length of the messages or functions."),
    /** Too long a prompt for the answer that may follow. */
    CONTEXT_COMPLETION(
            400,
            "context_length_exceeded",
            "messages",
            "This model's maximum context length is {0} tokens. However, you requested {1} tokens ({2} in the messages, {3} in the"
                    + " completion). Please reduce the length of the messages or completion."),
    /** Too long a prompt, in legacy completions. */
    CONTEXT_LEGACY(
            400,
            "",
            "",
            "This model's maximum context length is {0} tokens, however you requested {1} tokens ({2} in your prompt; {3} for the"
                    + " completion). Please reduce your prompt; or completion length."),
    /** A prompt that is no text and no tokens. */
    PROMPT(
            400,
            "",
            "",
            "'$.prompt' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference."),
    /** No chat completion of this id is stored. */
    COMPLETION_NOT_FOUND(404, "", "", "Chat completion with id ''{0}'' not found."),
    /** A path of Azure that leads nowhere, or lacks its version. */
    AZURE_RESOURCE(404, "404", "", "Resource not found"),
    /** A deployment of Azure that is not there. */
    AZURE_DEPLOYMENT(
            404,
            "DeploymentNotFound",
            "",
            "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please"
                    + " wait a moment and try again."),
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
    /** No conversation of this id is stored. */
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
    /** The model is no more. */
    MODEL_RETIRED(
            404,
            "model_not_found",
            "",
            "The model `{0}` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations"),
    /** A schema that no JSON satisfies: code, param, what it is for, where in it, and why. */
    UNSATISFIABLE(400, "{0}", "{1}", "Invalid schema for {2}: In context={3}, {4}."),
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
    /** A form was expected. */
    NO_FORM(
            400,
            "",
            "",
            "Could not parse multipart form. The request must be sent as multipart/form-data with a boundary."),
    /** Several pictures in one moderation. */
    MODERATION_IMAGES(400, "", "input", "Invalid 'input': at most one image may be moderated in one request."),
    /** A size of picture that the model does not make. */
    IMAGE_SIZE(
            400,
            "invalid_value",
            "size",
            "Invalid size ''{0}''. Width and height must both be divisible by 16 and between 16 and 3840."),
    /** Something that is no picture, in edits. */
    IMAGE_FILE(
            400,
            "image_generation_user_error",
            "invalid_image_file",
            "{0}",
            "Invalid image file or mode for image {1}, please check your image file."),
    /** A recording of a type nobody can read. */
    AUDIO_FORMAT(
            400,
            "",
            "",
            "Invalid file format. Supported formats: ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav',"
                    + " 'webm']"),
    /** A recording of no length. */
    AUDIO_SHORT(400, "audio_too_short", "file", "Audio file is too short. Minimum audio length is 0.1 seconds."),
    /** A recording over the bound. */
    AUDIO_LARGE(413, "", "", "413: Maximum content size limit (26214400) exceeded ({0} bytes read)"),
    /** A form of transcript that the model does not write. */
    TRANSCRIPT_FORMAT(
            400,
            "unsupported_value",
            "response_format",
            "response_format ''{0}'' is not compatible with model ''{1}''. Use {2} instead."),
    /** Times of words in a form of transcript that has none. */
    TRANSCRIPT_TIMES(
            400,
            "",
            "timestamp_granularities",
            "timestamp_granularities are only supported with response_format 'verbose_json'."),
    /** Nothing is stored under this name. */
    MEDIA_NOT_FOUND(404, "", "", "No such file: {0}"),
    /** A response is asked to go on from two places at once. */
    PREVIOUS_AND_CONVERSATION(
            400,
            "mutually_exclusive_parameters",
            "",
            "Mutually exclusive parameters: 'previous_response_id' and 'conversation'. Ensure you are only providing one of:"
                    + " 'previous_response_id' or 'conversation'."),
    /** A call among the input items that none of them answers. */
    NO_TOOL_OUTPUT(400, "", "input", "No tool output found for {0} {1}."),
    /** An input item that answers no call. */
    NO_TOOL_CALL(400, "", "input", "No tool call found for {0} output with call_id {1}."),
    /** A reasoning item without what it led to. */
    REASONING_ALONE(
            400, "", "input", "Item ''{0}'' of type ''reasoning'' was provided without its required following item."),
    /** The same input item twice. */
    DUPLICATE_ITEM(
            400,
            "",
            "input",
            "Duplicate item found with id {0}. Remove duplicate items from your input and try again."),
    /** A reference to an item that is not stored. */
    ITEM_NOT_FOUND(
            404,
            "",
            "input",
            "Item with id ''{0}'' not found. Items are not persisted when `store` is set to false. Try again with `store` set to"
                    + " true, or remove this item from your input."),
    /** A tool is demanded that is not among the tools. */
    TOOL_CHOICE_UNKNOWN(400, "", "tool_choice", "Tool choice ''{0}'' not found in ''tools'' parameter."),
    /** A tool is demanded where there are none. */
    TOOL_CHOICE_ALONE(400, "", "tool_choice", "Tool choice ''{0}'' must be specified with ''tools'' parameter."),
    /** Two tools of one name. */
    DUPLICATE_TOOL(400, "", "tools", "Tool names must be unique: ''{0}'' was provided more than once."),
    /** A parameter of chat completions that responses know by another name. */
    MOVED(
            400,
            "unsupported_parameter",
            "{0}",
            "Unsupported parameter: ''{0}''. In the Responses API, this parameter has moved to ''{1}''. Try again with the new"
                    + " parameter. See the API documentation for more information:"
                    + " https://platform.openai.com/docs/api-reference/responses/create."),
    /** A background response that would be lost. */
    BACKGROUND_UNSTORED(400, "", "background", "Background responses require 'store' to be true."),
    /** Only a response in the background can be stopped. */
    CANCEL_SYNCHRONOUS(400, "", "", "Cannot cancel a synchronous response."),
    /** A schema for an answer's text that strict mode does not take, in responses. */
    SCHEMA_RESPONSES(
            400, "invalid_json_schema", "text.format.schema", "Invalid schema for response_format ''{0}'': {1}"),
    /** A schema for a function's arguments that strict mode does not take, in responses. */
    SCHEMA_TOOL(
            400, "invalid_function_parameters", "tools[{2}].parameters", "Invalid schema for function ''{0}'': {1}"),
    /** No such item in a conversation. */
    CONVERSATION_ITEM_NOT_FOUND(404, "", "", "Item with id ''{0}'' not found in conversation ''{1}''."),
    /** A mistake of the simulator itself. */
    SERVER(
            500,
            "server_error",
            "",
            "",
            "The server had an error processing your request. Sorry about that! You can retry your request, or contact us through"
                    + " our help center at help.openai.com if you keep seeing this error. (Please include the request ID {0} in your"
                    + " email.)"),
    /** No key, at the edge. */
    NO_KEY(
            401,
            "",
            "",
            "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e."
                    + " Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API"
                    + " from your browser and are prompted for a username and password. You can obtain an API key from"
                    + " https://platform.openai.com/account/api-keys."),
    /** No key, in responses. */
    NO_KEY_RESPONSES(401, "", "", "Missing bearer or basic authentication in header"),
    /** A key that is none. */
    WRONG_KEY(
            401,
            "invalid_api_key",
            "",
            "Incorrect API key provided: {0}. You can find your API key at https://platform.openai.com/account/api-keys."),
    /** The key belongs to another organization. */
    WRONG_ORGANIZATION(
            401, "mismatched_organization", "", "OpenAI-Organization header should match organization for API key"),
    /** The key has not the right. */
    MISSING_SCOPE(
            401,
            "missing_scope",
            "",
            "You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct"
                    + " role in your organization (Reader, Writer, Owner) and project (Member, Owner), and if you're using a"
                    + " restricted API key, that it has the necessary scopes."),
    /** The country is not served. */
    REGION(
            403,
            "request_forbidden",
            "unsupported_country_region_territory",
            "",
            "Country, region, or territory not supported"),
    /** The project has not the model. */
    PROJECT_MODEL(403, "model_not_found", "", "Project `{0}` does not have access to model `{1}`"),
    /** Somebody else is at work on the same thing. */
    CONFLICT(
            409,
            "conversation_locked",
            "",
            "Another process is currently operating on this conversation. Please retry in a few seconds."),
    /** The body is too large. */
    BODY_TOO_LARGE(413, "server_error", "", "", "Maximum content size limit ({0}) exceeded ({1} bytes read)"),
    /** The body can be read and makes no sense. */
    UNPROCESSABLE(422, "unprocessable_entity", "", "The request was well-formed but could not be processed."),
    /** A picture that cannot be fetched. */
    IMAGE_URL(400, "invalid_image_url", "", "Error while downloading {0}."),
    /** A picture that is not made. */
    IMAGE_MODERATION(
            400,
            "image_generation_user_error",
            "moderation_blocked",
            "",
            "Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and"
                    + " include the request ID {0}. safety_violations=[sexual]."),
    /** The organization is not verified. */
    UNVERIFIED(
            400,
            "unsupported_value",
            "stream",
            "Your organization must be verified to stream this model. Please go to:"
                    + " https://platform.openai.com/settings/organization/general and click on Verify Organization. If you just"
                    + " verified, it can take up to 15 minutes for access to propagate."),
    /** The service tier is not allowed. */
    SERVICE_TIER(
            400,
            "",
            "service_tier",
            "Invalid service_tier argument: The requested service tier is not allowed for this project."),
    /** No tool output for a call, in responses. */
    UNANSWERED_TOOL_RESPONSES(400, "", "input", "No tool output found for function call {0}."),
    /** Over a limit that refills. */
    RATE_LIMIT(
            429,
            "{0}",
            "rate_limit_exceeded",
            "",
            "Rate limit reached for {1} in organization {2} on {3}: Limit {4}, Used {5}, Requested {6}. Please try again in {7}."
                    + " Visit https://platform.openai.com/account/rate-limits to learn more."),
    /** More in one request than the limit ever gives. */
    REQUEST_TOO_LARGE(
            429,
            "{0}",
            "rate_limit_exceeded",
            "",
            "Request too large for {1} in organization {2} on {3}: Limit {4}, Requested {5}. The input or output tokens must be"
                    + " reduced in order to run successfully. Visit https://platform.openai.com/account/rate-limits to learn more."),
    /** No money. */
    QUOTA(
            429,
            "insufficient_quota",
            "insufficient_quota",
            "",
            "You exceeded your current quota, please check your plan and billing details. For more information on this error, read"
                    + " the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."),
    /** The organization has spent what it may. */
    SPEND_LIMIT(
            429,
            "insufficient_quota",
            "organization_spend_limit_exceeded",
            "",
            "Your organization has reached its spend limit. Please check your plan and billing details."),
    /** Grows too fast. */
    SLOW_DOWN(
            429,
            "rate_limit_error",
            "slow_down",
            "",
            "Your request rate increased too quickly. Please reduce it, hold it for at least 15 minutes, and increase it gradually."),
    /** No room in the flex tier. */
    NO_CAPACITY(429, "rate_limit_error", "resource_unavailable", "", "Resource Unavailable"),
    /** Overloaded. */
    OVERLOADED(
            503,
            "service_unavailable_error",
            "server_is_overloaded",
            "",
            "Our servers are currently overloaded. Please try again later."),
    /** Overloaded, in the wording of before. */
    OVERLOADED_LEGACY(
            503,
            "server_error",
            "",
            "",
            "That model is currently overloaded with other requests. You can retry your request, or contact us through our help"
                    + " center at help.openai.com if the error persists. (Please include the request ID {0} in your message.)"),
    /** Overloaded, with the status that gateways in front of other providers send. */
    OVERLOADED_529(
            529,
            "service_unavailable_error",
            "server_is_overloaded",
            "",
            "Our servers are currently overloaded. Please try again later."),
    /** A header asks for a fault that there is not. */
    FAULT_HEADER(400, "simulator_bad_fault", "", "Header x-gateway-sim: {0}"),
    /** A simulator that is strict about scenarios has none for this request. */
    NO_SCENARIO(404, "scenario_not_found", "", "No scenario matches this request to {0}. {1}"),
    /** A scenario that ends in an error has given all its answers. */
    SCENARIO_EXHAUSTED(
            404,
            "scenario_exhausted",
            "",
            "The scenario \"{0}\" has given all of its {1} answers; add one with \"then\".");

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
                status,
                filled(type, particulars),
                filled(code, particulars),
                filled(param, particulars),
                filled(message, particulars));
    }

    static String filled(String pattern, Object... particulars) {
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
