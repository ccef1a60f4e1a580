package dev.gateway4j.okhttp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class OkHttpLineTest {
    @Test
    void the_flow_tests_run_on_okhttp_4_12() {
        assertThat(OkHttpClient.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("okhttp-4.12.0.jar");
        // addEventListener came with 5.x; OkHttp.VERSION is inlined by the compiler and would prove nothing.
        assertThat(Arrays.stream(Call.class.getMethods()).map(java.lang.reflect.Method::getName))
                .doesNotContain("addEventListener");
    }
}
