package dev.gateway4j.examples.retrofit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;

/** As much of OpenAI's API as the example needs. */
public interface ChatApi {
    /** A chat completion. */
    @POST("v1/chat/completions")
    Call<Answer> chat(@Body Question question);

    /** What is asked. */
    record Question(String model, List<Message> messages) {}

    /** What is answered. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(List<Choice> choices) {}

    /** One of the answers asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Choice(Message message) {}

    /** What one side said. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Message(String role, String content) {}
}
