package dev.gateway4j.api.keys;

/** Sealed files that other software made. */
final class Samples {
    static final String VERSION_1 = """
            {
              "format": "gateway4j-sealed-keys",
              "version": 1,
              "kdf": {"name": "PBKDF2WithHmacSHA256", "iterations": 100000, "salt": "FlA28K5W7fOnZe74pnyCeg=="},
              "data_key": {"nonce": "QbKfGJt7YSA/jvXR", "wrapped": "a5QAsAxvk9DD12gI4oU5HYnJeg33P2moGlbjU44de+oCHbDprkT3G82doiBmJGyu"},
              "keys": [
                {"name": "blue", "environment": "staging", "upstream": "openai", "sealed_at": "2026-03-01T09:30:00Z", "nonce": "qqBq7jrW7+pFpA77", "value": "C/FosxiqjnE7Y1Q/JCVswdVKJcc6f6KOKUjGaose3qbTVj/ANFag"},
                {"name": "blue", "environment": "production", "sealed_at": "2026-03-01T09:30:00Z", "nonce": "9ump+NwsMp1Mh67a", "value": "V92TQ/toyOmT2+gfGg7oCu47NdHp9zhkw9GqT3qhHvAFuEzcUOh3"}
              ],
              "seal": {"nonce": "lG1uHTXu/yL4dxJ6", "tag": "l0KBuPiXKwEMavEIxbUatQ=="}
            }
            """;

    private Samples() {}
}
