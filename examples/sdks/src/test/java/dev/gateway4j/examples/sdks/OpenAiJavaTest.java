package dev.gateway4j.examples.sdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import com.openai.models.conversations.Conversation;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.simulator.SimulatedOpenAi;
import dev.gateway4j.testkit.GatewayServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioSystem;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Java SDK judges the simulator: every answer is read strictly, member by member. */
class OpenAiJavaTest {
    private static final String CHAT = "gpt-4o-mini";
    private static final ManualTime TIME = ManualTime.standing();

    /** Where the simulator is asked. */
    enum Way {
        IN_PROCESS {
            @Override
            void with(Consumer<OpenAIClient> program) {
                try (Gateway gateway = Gateway.builder()
                        .environment("development")
                        .mode(Mode.SIMULATED)
                        .time(TIME)
                        .build()) {
                    program.accept(OpenAIOkHttpClient.builder()
                            .okHttpClient(gateway.wrap(new OkHttpClient()))
                            .apiKey("sk-test-blue-0000")
                            .maxRetries(0)
                            .responseValidation(true)
                            .build());
                }
            }
        },
        SERVED {
            @Override
            void with(Consumer<OpenAIClient> program) throws Exception {
                GatewayConfig config =
                        GatewayConfig.reader().set("openai.mode", "simulated").read();
                SimulatedOpenAi simulator = SimulatedOpenAi.of(config, TIME, 7);
                try (GatewayServer server = GatewayServer.start(simulator, TIME)) {
                    program.accept(OpenAIOkHttpClient.builder()
                            .baseUrl(server.baseUrl())
                            .apiKey("sk-test-blue-0000")
                            .maxRetries(0)
                            .responseValidation(true)
                            .build());
                }
            }
        };

        abstract void with(Consumer<OpenAIClient> program) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void chat_answers_with_usage(Way way) throws Exception {
        way.with(openai -> {
            ChatCompletion answer = openai.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model(CHAT)
                            .addUserMessage("Say hello to the gateway.")
                            .n(2)
                            .build())
                    .validate();

            assertThat(answer.choices()).hasSize(2);
            assertThat(answer.usage().orElseThrow().totalTokens()).isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_streamed_chat_accumulates_to_what_a_plain_one_says(Way way) throws Exception {
        way.with(openai -> {
            ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                    .model(CHAT)
                    .addUserMessage("Tell me about rivers.")
                    .build();
            ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
            try (StreamResponse<ChatCompletionChunk> chunks = openai.chat()
                    .completions()
                    .createStreaming(question.toBuilder()
                            .streamOptions(ChatCompletionStreamOptions.builder()
                                    .includeUsage(true)
                                    .build())
                            .build())) {
                chunks.stream().map(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
            }
            ChatCompletion plain = openai.chat().completions().create(question);

            ChatCompletion streamed = accumulator.chatCompletion();
            assertThat(streamed.choices().get(0).message().content())
                    .isEqualTo(plain.choices().get(0).message().content());
            assertThat(streamed.usage()).isEqualTo(plain.usage());
        });
    }

    @SuppressWarnings("NullAway.Init") // filled in by Jackson
    public static class Trip {
        public String city;
        public int days;
        public List<String> sights;
        public Mood mood;

        public enum Mood {
            CALM,
            WILD
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_structured_output_is_an_object_of_the_class(Way way) throws Exception {
        way.with(openai -> {
            StructuredChatCompletionCreateParams<Trip> question = ChatCompletionCreateParams.builder()
                    .model(CHAT)
                    .addUserMessage("Plan a trip to Lisbon.")
                    .responseFormat(Trip.class)
                    .build();

            Trip trip = openai.chat().completions().create(question).choices().stream()
                    .flatMap(choice -> choice.message().content().stream())
                    .findFirst()
                    .orElseThrow();

            assertThat(trip.city).isNotEmpty();
            assertThat(trip.sights).isNotNull();
            assertThat(trip.mood).isNotNull();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_tool_loop_ends_with_a_text(Way way) throws Exception {
        way.with(openai -> {
            ChatCompletionCreateParams.Builder question = ChatCompletionCreateParams.builder()
                    .model(CHAT)
                    .addUserMessage("What is the weather in Paris?")
                    .addTool(weather());

            ChatCompletion first = openai.chat().completions().create(question.build());
            assertThat(first.choices().get(0).finishReason().asString()).isEqualTo("tool_calls");
            List<ChatCompletionMessageToolCall> calls =
                    first.choices().get(0).message().toolCalls().orElseThrow();
            question.addMessage(first.choices().get(0).message());
            for (ChatCompletionMessageToolCall call : calls) {
                ChatCompletionMessageFunctionToolCall function = call.asFunction();
                assertThat(function.function().name()).isEqualTo("get_weather");
                assertThat(function.function().arguments()).contains("\"city\"").contains("Paris");
                question.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(function.id())
                        .content("{\"temperature\": 21}")
                        .build());
            }
            ChatCompletion last = openai.chat().completions().create(question.build());

            assertThat(last.choices().get(0).finishReason().asString()).isEqualTo("stop");
            assertThat(last.choices().get(0).message().content().orElseThrow()).isNotEmpty();
        });
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("get_weather")
                        .description("Get the current weather of a city")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .putAdditionalProperty("required", JsonValue.from(List.of("city")))
                                .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                .build())
                        .strict(true)
                        .build())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void a_streamed_response_accumulates_to_the_stored_one(Way way) throws Exception {
        way.with(openai -> {
            ResponseAccumulator accumulator = ResponseAccumulator.create();
            try (StreamResponse<ResponseStreamEvent> events = openai.responses()
                    .createStreaming(ResponseCreateParams.builder()
                            .model(CHAT)
                            .input("Tell me about mountains.")
                            .build())) {
                events.stream().map(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
            }
            Response streamed = accumulator.response();

            Response stored = openai.responses().retrieve(streamed.id()).validate();
            assertThat(stored.output()).isEqualTo(streamed.output());
            assertThat(stored.usage()).isEqualTo(streamed.usage());
            Response next = openai.responses()
                    .create(ResponseCreateParams.builder()
                            .model(CHAT)
                            .previousResponseId(streamed.id())
                            .input("And about the highest one?")
                            .build());
            assertThat(next.previousResponseId()).contains(streamed.id());
            assertThat(openai.responses().inputItems().list(streamed.id()).data())
                    .hasSize(1);
            openai.responses().delete(streamed.id());
            assertThatThrownBy(() -> openai.responses().retrieve(streamed.id())).isInstanceOf(NotFoundException.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void conversations_remember(Way way) throws Exception {
        way.with(openai -> {
            Conversation conversation = openai.conversations().create().validate();
            openai.responses()
                    .create(ResponseCreateParams.builder()
                            .model(CHAT)
                            .conversation(conversation.id())
                            .input("Hello")
                            .build());

            assertThat(openai.conversations().items().list(conversation.id()).data())
                    .hasSize(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void similar_texts_have_close_embeddings(Way way) throws Exception {
        way.with(openai -> {
            CreateEmbeddingResponse answer = openai.embeddings()
                    .create(EmbeddingCreateParams.builder()
                            .model("text-embedding-3-small")
                            .inputOfArrayOfStrings(List.of(
                                    "How do I reset my password?",
                                    "I forgot my password, how can I reset it?",
                                    "The harvest of wheat begins in July."))
                            .build())
                    .validate();

            List<List<Float>> vectors =
                    answer.data().stream().map(it -> it.embedding()).toList();
            assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(dot(vectors.get(0), vectors.get(2)));
        });
    }

    private static double dot(List<Float> a, List<Float> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_is_executed_and_its_output_is_a_file(Way way) throws Exception {
        way.with(openai -> {
            String lines = """
                    {"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "One"}]}}
                    {"custom_id": "b", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Two"}]}}
                    """;
            FileObject input = openai.files()
                    .create(FileCreateParams.builder()
                            .purpose(FilePurpose.BATCH)
                            .file(named("batch.jsonl", lines.getBytes(StandardCharsets.UTF_8)))
                            .build())
                    .validate();
            Batch batch = openai.batches()
                    .create(BatchCreateParams.builder()
                            .inputFileId(input.id())
                            .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                            .completionWindow(BatchCreateParams.CompletionWindow._24H)
                            .build())
                    .validate();
            for (int looks = 0; looks < 50 && batch.outputFileId().isEmpty(); looks++) {
                TIME.advance(Duration.ofSeconds(1));
                batch = openai.batches().retrieve(batch.id()).validate();
            }

            try (HttpResponse output =
                    openai.files().content(batch.outputFileId().orElseThrow())) {
                assertThat(new String(output.body().readAllBytes(), StandardCharsets.UTF_8).lines())
                        .hasSize(2)
                        .allMatch(line -> line.contains("\"status_code\": 200"));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static MultipartField<InputStream> named(String fileName, byte[] bytes) {
        return MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(bytes))
                .filename(fileName)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void an_image_is_a_picture(Way way) throws Exception {
        way.with(openai -> {
            ImagesResponse answer = openai.images()
                    .generate(ImageGenerateParams.builder()
                            .model("gpt-image-1.5")
                            .prompt("A lighthouse")
                            .build())
                    .validate();

            String data = answer.data().orElseThrow().get(0).b64Json().orElseThrow();
            try {
                assertThat(ImageIO.read(
                                new ByteArrayInputStream(Base64.getDecoder().decode(data))))
                        .isNotNull();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void speech_is_sound_and_transcription_hears_it(Way way) throws Exception {
        way.with(openai -> {
            byte[] sound;
            try (HttpResponse answer = openai.audio()
                    .speech()
                    .create(SpeechCreateParams.builder()
                            .model("gpt-4o-mini-tts")
                            .voice("alloy")
                            .input("Mind the gap.")
                            .responseFormat(SpeechCreateParams.ResponseFormat.WAV)
                            .build())) {
                sound = answer.body().readAllBytes();
                assertThat(AudioSystem.getAudioInputStream(new ByteArrayInputStream(sound))
                                .getFrameLength())
                        .isPositive();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }

            String heard = openai.audio()
                    .transcriptions()
                    .create(TranscriptionCreateParams.builder()
                            .model("gpt-4o-transcribe")
                            .file(named("gap.wav", sound))
                            .build())
                    .asTranscription()
                    .text();
            assertThat(heard).isEqualTo("Mind the gap.");
        });
    }

    @ParameterizedTest
    @EnumSource
    void moderation_and_models_answer(Way way) throws Exception {
        way.with(openai -> {
            assertThat(openai.moderations()
                            .create(ModerationCreateParams.builder()
                                    .input("A nice day")
                                    .build())
                            .validate()
                            .results()
                            .get(0)
                            .flagged())
                    .isFalse();
            List<String> ids = new ArrayList<>();
            openai.models().list().autoPager().forEach(model -> ids.add(model.id()));
            assertThat(ids).contains(CHAT);
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_wrong_becomes_the_right_exception(Way way) throws Exception {
        way.with(openai -> {
            assertThatThrownBy(() -> openai.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model("gpt-no-such")
                                    .addUserMessage("Hi")
                                    .build()))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> openai.chat()
                            .completions()
                            .create(ChatCompletionCreateParams.builder()
                                    .model(CHAT)
                                    .addUserMessage("Hi")
                                    .temperature(9.0)
                                    .build()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("temperature");
        });
    }
}
