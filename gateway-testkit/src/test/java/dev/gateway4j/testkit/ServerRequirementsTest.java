package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerRequirementsTest {
    private static final ClassLoader HERE = ServerRequirementsTest.class.getClassLoader();

    @Test
    void nothing_is_said_when_everything_is_there() {
        assertThatCode(() -> ServerRequirements.check(HERE)).doesNotThrowAnyException();
    }

    @Test
    void a_missing_mockwebserver_is_named_with_the_bom() {
        ClassLoader loader = new Pretending(Map.of());

        assertThatIllegalStateException()
                .isThrownBy(() -> ServerRequirements.check(loader))
                .withMessageContaining("needs MockWebServer, which is not on the class path")
                .withMessageContaining("com.squareup.okhttp3:mockwebserver3")
                .withMessageContaining("dev.gateway4j:gateway-bom");
    }

    @Test
    void an_okhttp_without_the_methods_of_5_is_named_with_the_bom() {
        ClassLoader loader =
                new Pretending(Map.of("mockwebserver3.MockWebServer", Object.class, "okhttp3.Call", Runnable.class));

        assertThatIllegalStateException()
                .isThrownBy(() -> ServerRequirements.check(loader))
                .withMessageContaining("an older OkHttp comes first")
                .withMessageContaining("dev.gateway4j:gateway-bom");
    }

    /** A class path on which of MockWebServer and OkHttp only these are to be seen. */
    private static final class Pretending extends ClassLoader {
        private final Map<String, Class<?>> visible;

        Pretending(Map<String, Class<?>> visible) {
            super(HERE);
            this.visible = visible;
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            @Nullable Class<?> known = visible.get(name);
            if (known == null) {
                throw new ClassNotFoundException(name);
            }
            return known;
        }
    }
}
