package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.CacheConfig.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who shares answers with whom. */
@Timeout(180)
class TenantsTest {
    private static final int TENANTS = 50;
    private static final int PROMPTS = 200;

    @Test
    void fifty_tenants_with_the_same_questions_share_nothing() throws Exception {
        Answers upstream = Answers.paris();
        House house = House.standing(upstream);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();

        for (int tenant = 0; tenant < TENANTS; tenant++) {
            String name = "tenant-" + tenant;
            running.add(threads.submit(() -> {
                for (int prompt = 0; prompt < PROMPTS; prompt++) {
                    assertThat(house.get(tenant(House.plain("Question " + prompt), name))
                                    .outcome()
                                    .status())
                            .isEqualTo(CacheStatus.MISS);
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();

        assertThat(upstream.asked()).hasSize(TENANTS * PROMPTS);
        assertThat(house.stats().count(CacheStatus.HIT)).isZero();
        assertThat(house.stats().count(CacheStatus.SHARED)).isZero();
        assertThat(house.get(tenant(House.plain("Question 0"), "tenant-0")).cache())
                .as("control: one's own answers are found")
                .startsWith("hit");
    }

    @Test
    void calls_without_a_tenant_have_a_part_of_their_own() {
        House house = House.standing(Answers.paris());
        house.get(House.plain("What?"));

        assertThat(house.get(tenant(House.plain("What?"), "acme")).cache()).startsWith("miss");
        assertThat(house.get(tenant(House.plain("What?"), "")).cache()).startsWith("miss");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
    }

    @Test
    void all_tenants_share_where_the_settings_name_it() {
        House house =
                new House(Configs.partition(Partition.SHARED_BY_ALL_TENANTS), ManualTime.standing(), Answers.paris());
        house.get(tenant(House.plain("What?"), "acme"));

        assertThat(house.get(tenant(House.plain("What?"), "globex")).cache()).startsWith("hit");
    }

    @Test
    void all_tenants_share_a_namespace_that_is_named_and_no_other() {
        House house =
                new House(Configs.partition(Partition.TENANT, "glossary"), ManualTime.standing(), Answers.paris());
        house.get(House.policy(tenant(House.plain("What?"), "acme"), "namespace=glossary"));
        house.get(House.policy(tenant(House.plain("What?"), "acme"), "namespace=private"));

        assertThat(house.get(House.policy(tenant(House.plain("What?"), "globex"), "namespace=glossary"))
                        .cache())
                .startsWith("hit");
        assertThat(house.get(House.policy(tenant(House.plain("What?"), "globex"), "namespace=private"))
                        .cache())
                .startsWith("miss");
        assertThat(house.get(tenant(House.plain("What?"), "acme")).cache()).startsWith("miss");
    }

    @Test
    void where_a_tenant_is_required_calls_without_one_are_not_cached() {
        House house = new House(Configs.partition(Partition.TENANT_REQUIRED), ManualTime.standing(), Answers.paris());
        house.get(House.plain("What?"));

        assertThat(house.get(House.plain("What?")).cache()).startsWith("bypass; reason=");
        house.get(tenant(House.plain("What?"), "acme"));
        assertThat(house.get(tenant(House.plain("What?"), "acme")).cache()).startsWith("hit");
    }

    @Test
    void each_user_may_have_a_part_of_his_own() {
        House house = new House(Configs.partition(Partition.USER), ManualTime.standing(), Answers.paris());
        Request anna = House.with(House.plain("What?"), "X-Gateway-User", "anna");
        Request bert = House.with(House.plain("What?"), "X-Gateway-User", "bert");
        house.get(anna);

        assertThat(house.get(bert).cache()).startsWith("miss");
        assertThat(house.get(anna).cache()).startsWith("hit");
        assertThat(house.get(House.plain("What?")).cache()).startsWith("bypass");
    }

    private static Request tenant(Request request, String name) {
        return House.with(request, "X-Gateway-Tenant", name);
    }
}
