package dev.gateway4j.cassette.internal.scrub;

import java.util.List;
import java.util.Map;

/** Made-up credentials of every known shape. None was ever valid. */
final class Canaries {
    /** By what they are: each alone, as a client would hold it. */
    static final Map<String, String> ALONE = Map.ofEntries(
            Map.entry("OpenAI", "sk-canary0Canary1Canary2Canary3"),
            Map.entry("OpenAI project", "sk-proj-canary_Canary-0000_canary"),
            Map.entry("OpenAI service", "sk-svcacct-canaryCanary0000"),
            Map.entry("OpenAI session", "sess-canary0Canary1Canary2"),
            Map.entry("OpenAI ephemeral", "ek_0canary1canary2canary3"),
            Map.entry("Anthropic", "sk-ant-api03-canary-Canary_0000"),
            Map.entry("AWS id", "AKIA" + "CANARYCANARY0000"),
            Map.entry("AWS temporary id", "ASIACANARYCANARY0000"),
            Map.entry("AWS session", "IQoJb3JpZ2luCanary0000canary0000canary"),
            Map.entry("Google key", "AIza" + "SyCanary0000canary_0000-canary00000"),
            Map.entry("Google token", "ya29.canary0000canary_0000-canary"),
            Map.entry("GitHub", "ghp_" + "canary0000canary0000canary0000canary"),
            Map.entry("GitHub fine", "github_pat_canary0000canary_0000canary"),
            Map.entry("Slack", "xoxb-" + "000000000000-canarycanary"),
            Map.entry("Stripe", "sk_live_" + "canary0000canary0000"),
            Map.entry("Hugging Face", "hf_" + "canaryCanarycanaryCanarycanary"),
            Map.entry("Groq", "gsk_canaryCanarycanaryCanary0000"),
            Map.entry("xAI", "xai-canaryCanarycanaryCanary0000"),
            Map.entry("JWT", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.canary-signature"),
            Map.entry("organisation", "org-canary0Canary1Canary"),
            Map.entry("project", "proj_canary0Canary1Canary"),
            Map.entry("user", "user-canary0Canary1Canary"));

    /** What is only a credential where it stands; the part that must go is marked with {@code «»}. */
    static final List<String> IN_TEXT = List.of(
            "Authorization: Bearer «canary.0000~canary.0000»",
            "bearer «canary0000canary0000»",
            "Authorization: Basic «Y2FuYXJ5OmNhbmFyeS1wYXNzd29yZA==»",
            "aws_secret_access_key = «canary/0000+CANARY/0000canary0000CANARY0»",
            "AZURE_OPENAI_API_KEY=«0c0a0n0a0r0y0c0a0n0a0r0y0c0a0n0a»",
            "postgres://canary:«canary-password»@db.example.test/x",
            "Server=tcp:db;User=canary;Password=«canary!pass»;Encrypt=True",
            "AccountName=canary;AccountKey=«Y2FuYXJ5»;EndpointSuffix=x",
            "https://s.example.test/f.png?se=«2030»&sp=«r»&sv=«2024-11-04»&a=b&sr=«b»&sig=«canary%2B0000%3D»",
            "https://b.example.test/f?X-Amz-Credential=«canary-cred»&X-Amz-Signature=«0ca0nary0ca0nary»",
            "https://c.example.test/f?Expires=«1»&Key-Pair-Id=«CANARYPAIR»&Signature=«canary~0000canary»",
            "https://g.example.test/f?x=1&access_token=«canary0000canary00»",
            "arn:aws:bedrock:eu-west-1:«100000000007»:model/x",
            "https://hooks.slack.com/services/«T0CANARY0/B0CANARY0/canary0000canary»",
            "/v1/projects/«canary-project-42»/locations/europe-west1/x",
            "Look: «-----BEGIN RSA PRIVATE KEY-----\nMIICcanary0000canary0000canary0000\n-----END RSA PRIVATE KEY-----»\n.");

    /** Members whose value goes whatever it is; the value is marked. */
    static final List<String> MEMBERS = List.of(
            "{\"api_key\": \"«canary one»\"}",
            "{\"a\":1,\"apiKey\":\"«canary»\"}",
            "{\"x-api-key\":\"«canary»\",\"b\":2}",
            "{\"headers\":{\"Authorization\":\"«Canary Canary»\"}}",
            "{\"client_secret\" : \"«canary»\"}",
            "{\"password\":\"«canary \\\" canary»\"}",
            "{\"secretAccessKey\":\"«canary»\"}",
            "{\"SessionToken\":\"«canary»\"}",
            "{\"refresh_token\":\"«canary»\"}",
            "{\"Authorization\":[\"«canary»\",\"«canary2»\"]}",
            "{\"private_key\":\"«canary\\ncanary\\n»\"}",
            "{\"Cookie\":\"«sid=canary»\"}",
            "{\"token\":\"«0canary1Canary2canary3Canary»\"}",
            "{\"organization_id\":\"«canary-0000»\"}");

    /** What looks a little like a credential and is none. */
    static final List<String> INNOCENT = List.of(
            "{\"max_tokens\":100,\"token_ids\":[1,2],\"prompt_tokens\":3,\"total_tokens\":4}",
            "{\"logprobs\":{\"content\":[{\"token\":\"Hello\",\"logprob\":-0.1,\"bytes\":[72]},{\"token\":\" sk-\"}]}}",
            "{\"id\":\"chatcmpl-CLtDpF2UgxXZ8rN3vYq0aBcDeFgHi\",\"system_fingerprint\":\"fp_44709d6fcb\"}",
            "{\"id\":\"resp_0a1b2c3d4e5f60718293a4b5c6d7e8f9\",\"item_id\":\"msg_0a1b2c3d4e5f60718293\"}",
            "{\"tool_call_id\":\"call_Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2\",\"prompt_cache_key\":\"tenant-42-a1b2c3d4e5f6a7b8\"}",
            "{\"obfuscation\":\"a8XkZ2pQ\",\"service_tier\":\"default\",\"price\":\"12.99\",\"amount\":1234567890123}",
            "{\"uuid\":\"123e4567-e89b-12d3-a456-426614174000\",\"created\":1755000000}",
            "{\"model\":\"gpt-4o-mini-2024-07-18\",\"deployment\":\"text-embedding-3-large\"}",
            "{\"signature\":\"EqQBCkYIBxgCKkAxyz0123456789abcdefghijklmnopqrstuvwxyz==\"}",
            "{\"thoughtSignature\":\"CiQBVKhc7hQxyz0123456789-abc_defghijklmnop\",\"encrypted_content\":\"gAAAAABoabc-sk-def0123456789\"}",
            "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\"}},\"required\":[\"password\"]}",
            "{\"api_key\":\"\",\"password\":null,\"secret\":\"${SECRET}\",\"token\":\"<token>\",\"apikey\":\"****\"}",
            "An org-chart for user-interaction, with a task-force and sk-learn; see user-authentication and desk-lamps.",
            "Use Bearer authentication, or basic authentication. The password: choose a good one! token=abc key=value",
            "Is it so? a=b&c=d, see https://example.test/q?id=42&page=2&sort=key#top and mailto:x@example.test",
            "data: {\"choices\":[{\"delta\":{\"content\":\"sk\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"-y\"}}]}\n\n",
            "user-agent123456789 org-chart2024overview proj_summer2024report01 user-interface20242025",
            "100% sure, 50%25, C:\\users\\new, \\u00e9 \\n, {\"a\":\"\\u00e9\\/\\\\\"}",
            "public class Key { String key = \"value\"; int token = 42; } // https://user@host/x",
            "def connect(user, password=None, api_key=os.environ[\"OPENAI_API_KEY\"]): pass",
            "{\"organization\":\"Area 51\",\"cookie\":\"chocolate\"}",
            "{\"embedding\":\"AAAAvAECAzxkZWY8YWJjPGdoaTxqa2w8bW5vPHBxcjxzdHU8\"}",
            "{\"url\":\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk\"}");

    private Canaries() {}
}
