// Drives whatever listens at TEST_API_BASE_URL with the official SDK, and ends with "N passed, N failed".
import OpenAI from "openai";

const baseURL = process.env.TEST_API_BASE_URL;
if (!baseURL) {
  console.error("TEST_API_BASE_URL is not set; give it a base URL such as http://127.0.0.1:4010/v1");
  process.exit(2);
}
const openai = new OpenAI({ baseURL, apiKey: "sk-test-blue-0000", maxRetries: 0 });
const messages = [{ role: "user", content: "Say this is a test" }];

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

const checks = {
  async "a chat completion has a choice and usage"() {
    const answer = await openai.chat.completions.create({ model: "gpt-4o-mini", messages });
    expect(answer.choices[0].message.content.length > 0, "no content");
    expect(answer.usage.total_tokens === answer.usage.prompt_tokens + answer.usage.completion_tokens, "usage does not add up");
  },
  async "a streamed chat completion arrives in pieces and finishes"() {
    const stream = await openai.chat.completions.create({ model: "gpt-4o-mini", messages, stream: true });
    let pieces = 0;
    let finish = null;
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta?.content) pieces++;
      finish = chunk.choices[0]?.finish_reason ?? finish;
    }
    expect(pieces > 0, "no pieces");
    expect(finish === "stop", `finish_reason is ${finish}`);
  },
  async "embeddings have one vector for each input"() {
    const answer = await openai.embeddings.create({ model: "text-embedding-3-small", input: ["one", "two"] });
    expect(answer.data.length === 2, `${answer.data.length} vectors`);
    expect(answer.data[0].embedding.length > 0, "an empty vector");
  },
  async "models can be listed"() {
    const ids = [];
    for await (const model of openai.models.list()) ids.push(model.id);
    expect(ids.length > 0, "no models");
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
