package dev.gateway4j.okhttp.internal.cache.semantic.guard;

/** The same language. What cannot be told is as good as a language of its own. */
final class LanguageGuard implements Guard {
    @Override
    public boolean agree(Wording one, Wording other) {
        return one.language().equals(other.language());
    }
}
