// The official SDK for Node judges whatever listens at TEST_API_BASE_URL; ends with "N passed, N failed".
import OpenAI, { toFile } from "openai";

const baseURL = process.env.TEST_API_BASE_URL;
if (!baseURL) {
  console.error("TEST_API_BASE_URL is not set; give it a base URL such as http://127.0.0.1:4010/v1");
  process.exit(2);
}
const openai = new OpenAI({ baseURL, apiKey: "sk-test-blue-0000", maxRetries: 0 });
const model = "gpt-4o-mini";
const messages = [{ role: "user", content: "Say this is a test" }];
const weather = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Get the current weather of a city",
    strict: true,
    parameters: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

async function fails(promise, status, code) {
  try {
    await promise;
  } catch (error) {
    expect(error.status === status, `status is ${error.status}`);
    expect(code === undefined || error.code === code, `code is ${error.code}`);
    return;
  }
  throw new Error("it succeeded");
}

const checks = {
  async "chat answers with usage"() {
    const answer = await openai.chat.completions.create({ model, messages, n: 2 });
    expect(answer.choices.length === 2, `${answer.choices.length} choices`);
    expect(answer.usage.total_tokens === answer.usage.prompt_tokens + answer.usage.completion_tokens, "usage does not add up");
  },
  async "a streamed chat says what a plain one says"() {
    const stream = openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();
    const plain = await openai.chat.completions.create({ model, messages });
    expect(streamed.choices[0].message.content === plain.choices[0].message.content, "other content");
    expect(streamed.usage.completion_tokens === plain.usage.completion_tokens, "other usage");
  },
  async "a tool loop ends with a text"() {
    const seen = [...messages.slice(1), { role: "user", content: "What is the weather in Paris?" }];
    const first = await openai.chat.completions.create({ model, messages: seen, tools: [weather] });
    expect(first.choices[0].finish_reason === "tool_calls", `finish_reason is ${first.choices[0].finish_reason}`);
    seen.push(first.choices[0].message);
    for (const call of first.choices[0].message.tool_calls) {
      expect(typeof JSON.parse(call.function.arguments).city === "string", "no city");
      seen.push({ role: "tool", tool_call_id: call.id, content: '{"temperature": 21}' });
    }
    const last = await openai.chat.completions.create({ model, messages: seen, tools: [weather] });
    expect(last.choices[0].message.content.length > 0, "no content");
  },
  async "streamed tool calls assemble"() {
    const stream = openai.chat.completions.stream({
      model,
      messages: [{ role: "user", content: "What is the weather in Paris?" }],
      tools: [weather],
      tool_choice: "required",
    });
    const calls = (await stream.finalChatCompletion()).choices[0].message.tool_calls;
    expect(typeof JSON.parse(calls[0].function.arguments).city === "string", "no city");
  },
  async "a structured output follows its schema"() {
    const answer = await openai.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Plan a trip to Lisbon" }],
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "trip",
          strict: true,
          schema: {
            type: "object",
            properties: { city: { type: "string" }, days: { type: "integer" }, mood: { enum: ["calm", "wild"] } },
            required: ["city", "days", "mood"],
            additionalProperties: false,
          },
        },
      },
    });
    const trip = JSON.parse(answer.choices[0].message.content);
    expect(Number.isInteger(trip.days) && ["calm", "wild"].includes(trip.mood), JSON.stringify(trip));
  },
  async "a streamed response is the stored one"() {
    const stream = openai.responses.stream({ model, input: "Tell me about mountains" });
    const streamed = await stream.finalResponse();
    const stored = await openai.responses.retrieve(streamed.id);
    const said = (response) => response.output.at(-1).content[0].text;
    expect(said(stored) === said(streamed) && said(stored).length > 0, "other text");
    const next = await openai.responses.create({ model, previous_response_id: streamed.id, input: "And the highest?" });
    expect(next.previous_response_id === streamed.id, "not chained");
    await openai.responses.delete(streamed.id);
    await fails(openai.responses.retrieve(streamed.id), 404);
  },
  async "events of a response are numbered"() {
    const stream = await openai.responses.create({ model, input: "Count", stream: true });
    let expected = 0;
    let last;
    for await (const event of stream) {
      expect(event.sequence_number === expected++, `sequence_number is ${event.sequence_number}`);
      last = event.type;
    }
    expect(last === "response.completed", `the last event is ${last}`);
  },
  async "a response calls a function"() {
    const answer = await openai.responses.create({
      model,
      input: "What is the weather in Paris?",
      tools: [{ type: "function", ...weather.function }],
      tool_choice: "required",
    });
    const call = answer.output.find((item) => item.type === "function_call");
    expect(typeof JSON.parse(call.arguments).city === "string", "no city");
  },
  async "conversations remember"() {
    const conversation = await openai.conversations.create({});
    await openai.responses.create({ model, conversation: conversation.id, input: "Hello" });
    const items = [];
    for await (const item of openai.conversations.items.list(conversation.id)) items.push(item.type);
    expect(items.length === 2, `${items.length} items`);
  },
  async "similar texts have close embeddings"() {
    const answer = await openai.embeddings.create({
      model: "text-embedding-3-small",
      input: ["How do I reset my password?", "I forgot my password, how can I reset it?", "The harvest begins in July."],
    });
    const [a, b, c] = answer.data.map((item) => item.embedding);
    const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
    expect(dot(a, b) > dot(a, c), "not closer");
    expect(Math.abs(dot(a, a) - 1) < 1e-3, "no unit vector");
  },
  async "models can be listed"() {
    const ids = [];
    for await (const one of openai.models.list()) ids.push(one.id);
    expect(ids.includes(model), `${ids.length} models without ${model}`);
  },
  async "a file comes back as it was sent, and a batch over it is executed"() {
    const body = { model, messages };
    const line = (id) => JSON.stringify({ custom_id: id, method: "POST", url: "/v1/chat/completions", body });
    const text = `${line("a")}\n${line("b")}\n`;
    const file = await openai.files.create({ purpose: "batch", file: await toFile(Buffer.from(text), "batch.jsonl") });
    expect((await (await openai.files.content(file.id)).text()) === text, "other bytes");
    let batch = await openai.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    for (let i = 0; i < 50 && !batch.output_file_id; i++) {
      await new Promise((done) => setTimeout(done, 200));
      batch = await openai.batches.retrieve(batch.id);
    }
    const output = await (await openai.files.content(batch.output_file_id)).text();
    expect(output.trim().split("\n").every((l) => JSON.parse(l).response.status_code === 200), output);
  },
  async "an image is a PNG"() {
    const answer = await openai.images.generate({ model: "gpt-image-1.5", prompt: "A lighthouse" });
    const bytes = Buffer.from(answer.data[0].b64_json, "base64");
    expect(bytes.subarray(1, 4).toString() === "PNG", "no PNG");
  },
  async "speech is sound and transcription hears it"() {
    const answer = await openai.audio.speech.create({
      model: "gpt-4o-mini-tts",
      voice: "alloy",
      input: "Mind the gap.",
      response_format: "wav",
    });
    const sound = Buffer.from(await answer.arrayBuffer());
    expect(sound.subarray(0, 4).toString() === "RIFF", "no WAV");
    const heard = await openai.audio.transcriptions.create({
      model: "gpt-4o-transcribe",
      file: await toFile(sound, "gap.wav"),
    });
    expect(heard.text === "Mind the gap.", heard.text);
  },
  async "moderation flags nothing nice"() {
    const answer = await openai.moderations.create({ input: "A nice day" });
    expect(answer.results[0].flagged === false, "flagged");
  },
  async "what is wrong becomes the right error"() {
    await fails(openai.chat.completions.create({ model: "gpt-no-such", messages }), 404, "model_not_found");
    await fails(openai.chat.completions.create({ model, messages, temperature: 9 }), 400, "decimal_above_max_value");
    await fails(openai.responses.retrieve("resp_nowhere"), 404);
  },
};

let passed = 0;
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    passed++;
  } catch (error) {
    failed++;
    console.error(`FAILED ${name}: ${error.message}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
