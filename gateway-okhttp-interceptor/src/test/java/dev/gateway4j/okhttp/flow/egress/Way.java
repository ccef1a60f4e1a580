package dev.gateway4j.okhttp.flow.egress;

import dev.gateway4j.okhttp.flow.faults.Configs;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * One way in which a request might end up at the trap.
 *
 * @param name what is tried
 * @param before what the application does to its client before it is wrapped
 * @param after what it does afterwards
 * @param request what it sends, given the server it should reach and the trap
 * @param answer what the server it should reach answers, when that is part of the trick
 * @param usersRight true if the way is a setting that counts in passthrough mode, such as a proxy
 */
record Way(
        String name,
        BiFunction<OkHttpClient.Builder, RawServer, OkHttpClient.Builder> before,
        BiFunction<OkHttpClient, RawServer, OkHttpClient> after,
        BiFunction<RawServer, RawServer, Request> request,
        BiFunction<RawServer, String, String> answer,
        boolean usersRight) {

    static List<Way> all() {
        List<Way> ways = new ArrayList<>();
        ways.add(lateInterceptor());
        ways.add(addedToTheBuilder());
        ways.add(earlyInterceptor());
        ways.add(lateInterceptorThatNamesTheHost());
        urls(ways);
        for (int code : new int[] {301, 302, 303, 307, 308}) {
            ways.add(redirect(code));
        }
        ways.add(authenticator());
        ways.add(proxy(Proxy.Type.HTTP));
        ways.add(proxy(Proxy.Type.SOCKS));
        ways.add(proxySelector());
        ways.add(baseUrlInTheRequest());
        return List.copyOf(ways);
    }

    private static void urls(List<Way> ways) {
        ways.add(url("an address of four numbers", "127.0.0.1"));
        ways.add(url("an IPv4 address inside of an IPv6 one", "[::ffff:127.0.0.1]"));
        ways.add(url("the same in hexadecimal", "[::ffff:7f00:1]"));
        ways.add(url("an address of one number", "2130706433"));
        ways.add(url("an address of two numbers", "127.1"));
        ways.add(url("the name of this machine", "localhost"));
        ways.add(url("a host in upper case", "TRAP.TEST"));
        ways.add(url("a host with a dot at its end", "trap.test."));
        ways.add(url("a host that looks like an upstream's", "api.openai.com.trap.test"));
        ways.add(url("a host of Azure's", "trap.openai.azure.com"));
        ways.add(url("the upstream's name as user information", "api.openai.com@trap.test"));
        ways.add(url("the upstream's name and a password as user information", "api.openai.com:443@127.0.0.1"));
    }

    private static Way url(String name, String host) {
        return way(name, (server, trap) -> Configs.chat("http://" + host + ":" + trap.port() + "/v1/chat/completions"));
    }

    private static Way baseUrlInTheRequest() {
        return way("the upstream's address with another port, without a body", (server, trap) -> new Request.Builder()
                .url(trap.url("/v1/models"))
                .build());
    }

    private static Way lateInterceptor() {
        return new Way(
                "an interceptor that newBuilder adds to the wrapped client",
                (builder, trap) -> builder,
                (client, trap) -> client.newBuilder()
                        .addInterceptor(rewriting(trap.url("/v1/x")))
                        .build(),
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                false);
    }

    private static Way lateInterceptorThatNamesTheHost() {
        return new Way(
                "an interceptor added afterwards that names a host",
                (builder, trap) -> builder,
                (client, trap) -> client.newBuilder()
                        .addInterceptor(rewriting("http://trap.test:" + trap.port() + "/v1/x"))
                        .build(),
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                false);
    }

    private static Way addedToTheBuilder() {
        return new Way(
                "an interceptor put in front of the gateway's",
                (builder, trap) -> builder,
                (client, trap) -> {
                    OkHttpClient.Builder builder = client.newBuilder();
                    builder.interceptors().add(0, rewriting(trap.url("/v1/x")));
                    return builder.build();
                },
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                false);
    }

    private static Way earlyInterceptor() {
        return new Way(
                "an interceptor that the client had before",
                (builder, trap) -> builder.addInterceptor(rewriting(trap.url("/v1/x"))),
                (client, trap) -> client,
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                false);
    }

    private static Way redirect(int code) {
        return new Way(
                "a redirect with status " + code,
                (builder, trap) -> builder.followRedirects(true).followSslRedirects(true),
                (client, trap) -> client,
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> RawServer.json(code, "{}", "Location: " + trap.url("/v1/chat/completions")),
                false);
    }

    private static Way authenticator() {
        return new Way(
                "an authenticator that answers a challenge elsewhere",
                (builder, trap) -> builder.authenticator((route, response) ->
                        response.request().newBuilder().url(trap.url("/v1/x")).build()),
                (client, trap) -> client,
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> RawServer.json(401, "{}", "WWW-Authenticate: Basic realm=\"x\""),
                false);
    }

    private static Way proxy(Proxy.Type type) {
        return new Way(
                "a proxy of type " + type,
                (builder, trap) -> builder.proxy(new Proxy(type, trap.address())),
                (client, trap) -> client,
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                true);
    }

    private static Way proxySelector() {
        return new Way(
                "a proxy selector",
                (builder, trap) -> builder.proxySelector(selecting(trap)),
                (client, trap) -> client,
                (server, trap) -> Configs.chat(server),
                (trap, whole) -> whole,
                true);
    }

    private static Way way(String name, BiFunction<RawServer, RawServer, Request> request) {
        return new Way(
                name, (builder, trap) -> builder, (client, trap) -> client, request, (trap, whole) -> whole, false);
    }

    static Interceptor rewriting(String url) {
        UnaryOperator<Request> rewrite =
                request -> request.newBuilder().url(url).build();
        return chain -> chain.proceed(rewrite.apply(chain.request()));
    }

    static ProxySelector selecting(RawServer proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, proxy.address()));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
