package dev.gateway4j.simulator;

import java.util.List;

/** Places of a request, and values that do not belong there. */
final class Fields {
    static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\"x\"",
            "0",
            "-1",
            "1e400",
            "123456789012345678901234567890",
            "0.5",
            "[]",
            "[null]",
            "[1]",
            "[\"x\"]",
            "[[1]]",
            "[{}]",
            "{}",
            "{\"type\": 1}",
            "{\"type\": {\"type\": []}}");

    static final List<String> CHAT = List.of(
            "model",
            "messages",
            "audio",
            "modalities",
            "frequency_penalty",
            "temperature",
            "top_p",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "max_completion_tokens",
            "max_tokens",
            "n",
            "stop",
            "seed",
            "stream_options",
            "tools",
            "tool_choice",
            "functions",
            "response_format",
            "reasoning_effort",
            "service_tier",
            "metadata",
            "user");

    static final List<String> RESPONSES = List.of(
            "model",
            "input",
            "instructions",
            "include",
            "previous_response_id",
            "conversation",
            "background",
            "store",
            "stream",
            "stream_options",
            "reasoning",
            "text",
            "tools",
            "tool_choice",
            "max_tool_calls",
            "max_output_tokens",
            "temperature",
            "truncation",
            "prompt",
            "metadata",
            "service_tier",
            "user");

    static final List<String> NESTED = List.of(
            "{\"messages\": [@]}",
            "{\"messages\": [{\"role\": @}]}",
            "{\"messages\": [{\"role\": \"user\", \"content\": @}]}",
            "{\"messages\": [{\"role\": \"user\", \"content\": [@]}]}",
            "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": @}]}]}",
            "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": @}]}]}",
            "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": @}]}]}",
            "{\"messages\": [{\"role\": \"assistant\", \"tool_calls\": @}]}",
            "{\"messages\": [{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"function\": @}]}]}",
            "{\"input\": [@]}",
            "{\"input\": [{\"role\": @}]}",
            "{\"input\": [{\"role\": \"user\", \"content\": @}]}",
            "{\"input\": [{\"role\": \"user\", \"content\": [{\"type\": @}]}]}",
            "{\"input\": [{\"type\": \"function_call\", \"name\": @}]}",
            "{\"input\": [{\"type\": \"function_call_output\", \"output\": @}]}");

    private Fields() {}
}
