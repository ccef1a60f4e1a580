package dev.gateway4j.examples.sdks;

import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.Params;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes values of the SDK's types as its generated tests do: valid by type and otherwise absurd. Strings are the names of their members,
 * numbers are 0 or as small as may be, lists have one element.
 */
final class SdkValues {
    private static final Pattern LACKS = Pattern.compile("`(\\w+)` is required");
    private static final Pattern NO_MEMBER = Pattern.compile(
            "additional.*|_.*|.*\\$.*|toBuilder|toString|hashCode|isValid|validate|validity|known|value");
    private static final Pattern BELOW =
            Pattern.compile("Invalid '(?:[^']*\\.)?(\\w+)': \\w+ below minimum value. Expected a value >= ([0-9.]+)");
    private static final Set<Class<?>> WRAPPERS =
            Set.of(Optional.class, Class.class, JsonField.class, MultipartField.class);
    private static final int DEPTH = 12;

    private final boolean full;
    private final int variant;
    private final Map<String, Double> least = new HashMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /**
     * Values of one kind.
     *
     * @param full whether members that may be left out are there
     * @param variant which of several types that a member may have it gets
     */
    SdkValues(boolean full, int variant) {
        this.full = full;
        this.variant = variant;
    }

    /** Takes a lower bound from a refusal, since the SDK's types do not tell; true if there is something new in it. */
    boolean learnt(String refusal) {
        Matcher below = BELOW.matcher(refusal);
        if (!below.find()) {
            return false;
        }
        String member = below.group(1);
        double bound = Double.parseDouble(below.group(2));
        double tried = least.getOrDefault(member, 0.0);
        least.put(member, tried < bound ? bound : bound + 1); // a bound may be outside of what it bounds
        return tried <= bound;
    }

    Object params(Class<?> type) {
        return built(type);
    }

    private Object built(Class<?> type) {
        boolean whole = full && !open.contains(type) && open.size() < DEPTH;
        open.push(type);
        try {
            Object builder = SdkMethod.call(null, SdkMethod.method(type, "builder"));
            Object least = least(type, builder);
            if (whole) {
                for (String member : members(type)) {
                    set(type, builder, member);
                }
            } else if (least instanceof Params) {
                setPath(type, builder, least);
            }
            if (members(type).isEmpty() && !(least instanceof Params)) {
                putAny(type, builder);
            }
            return SdkMethod.call(builder, SdkMethod.method(builder.getClass(), "build"));
        } finally {
            open.pop();
        }
    }

    /** What is built when the required members are set, and no others. */
    private Object least(Class<?> type, Object builder) {
        while (true) {
            try {
                return SdkMethod.call(builder, SdkMethod.method(builder.getClass(), "build"));
            } catch (IllegalStateException incomplete) {
                Matcher lacks = LACKS.matcher(String.valueOf(incomplete.getMessage()));
                if (!lacks.find() || !set(type, builder, lacks.group(1))) {
                    throw incomplete;
                }
            }
        }
    }

    /** Sets the members that end up in the path; they count as optional, since methods take them apart as well. */
    private void setPath(Class<?> type, Object builder, Object least) {
        Optional<Method> path = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("_pathParam"))
                .findFirst();
        if (path.isEmpty()) {
            return;
        }
        List<String> before = path(path.get(), least);
        for (String member : members(type)) {
            Object copy = SdkMethod.call(least, SdkMethod.method(type, "toBuilder"));
            boolean text = SdkMethod.method(type, member).getReturnType() == Optional.class;
            if (text && set(type, copy, member)) {
                Object changed = SdkMethod.call(copy, SdkMethod.method(copy.getClass(), "build"));
                if (!path(path.get(), changed).equals(before)) {
                    set(type, builder, member);
                }
            }
        }
    }

    private static List<String> path(Method method, Object params) {
        return List.of(
                (String) SdkMethod.call(params, method, 0),
                (String) SdkMethod.call(params, method, 1),
                (String) SdkMethod.call(params, method, 2),
                (String) SdkMethod.call(params, method, 3));
    }

    private boolean set(Class<?> type, Object builder, String member) {
        Optional<Type> declared = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(member) && method.getParameterCount() == 0)
                .map(method -> boxed(content(method.getGenericReturnType())))
                .findFirst();
        List<Method> setters = Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equals(member) && method.getParameterCount() == 1)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !WRAPPERS.contains(method.getParameterTypes()[0]))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
        Optional<Method> setter = setters.stream()
                .filter(method ->
                        declared.isPresent() && raw(declared.get()) == raw(boxed(method.getGenericParameterTypes()[0])))
                .findFirst()
                .or(() -> setters.stream().findFirst());
        setter.ifPresent(
                method -> SdkMethod.call(builder, method, value(method.getGenericParameterTypes()[0], member)));
        return setter.isPresent();
    }

    private void putAny(Class<?> type, Object builder) {
        Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equals("putAdditionalProperty"))
                .findFirst()
                .ifPresent(method -> {
                    boolean text = method.getParameterTypes()[1] == String.class;
                    SdkMethod.call(builder, method, "foo", text ? "string" : any(type));
                });
    }

    private static JsonValue any(Class<?> type) {
        boolean number = type.getSimpleName().equals("LogitBias");
        return JsonValue.from(number ? (Object) 0 : "string");
    }

    private Object value(Type declared, String member) {
        if (declared instanceof WildcardType wildcard) {
            return value(wildcard.getUpperBounds()[0], member);
        }
        Type type = boxed(declared);
        Class<?> raw = raw(type);
        if (raw == List.class) {
            return List.of(value(((ParameterizedType) type).getActualTypeArguments()[0], member));
        }
        if (raw == Map.class) {
            return Map.of("foo", value(((ParameterizedType) type).getActualTypeArguments()[1], member));
        }
        return plain(raw, member).orElseGet(() -> model(raw, member));
    }

    private Optional<Object> plain(Class<?> type, String member) {
        if (type == String.class) {
            return Optional.of(text(member));
        }
        if (type == Boolean.class) {
            return Optional.of(true);
        }
        double number = least.getOrDefault(snake(member), 0.0);
        if (type == Long.class) {
            return Optional.of((long) Math.ceil(number));
        }
        if (type == Double.class) {
            return Optional.of(number);
        }
        if (type == Float.class) {
            return Optional.of((float) number);
        }
        if (type == OffsetDateTime.class) {
            return Optional.of(OffsetDateTime.parse("2019-12-27T18:11:19.117Z"));
        }
        if (type == LocalDate.class) {
            return Optional.of(LocalDate.parse("2019-12-27"));
        }
        if (type == InputStream.class) {
            return Optional.of(new ByteArrayInputStream("Example data".getBytes(StandardCharsets.UTF_8)));
        }
        return type == JsonValue.class ? Optional.of(JsonValue.from(Map.of("foo", "bar"))) : Optional.empty();
    }

    private static String text(String member) {
        if (member.toLowerCase(Locale.ROOT).endsWith("url")) {
            return "https://example.com";
        }
        return snake(member);
    }

    private static String snake(String member) {
        return member.replaceAll("([A-Z]|[0-9]+)", "_$1").toLowerCase(Locale.ROOT);
    }

    private Object model(Class<?> type, String member) {
        if (com.openai.core.Enum.class.isAssignableFrom(type)) {
            return constant(type);
        }
        boolean union = Arrays.stream(type.getClasses())
                .anyMatch(inner -> inner.getSimpleName().equals("Visitor"));
        return union ? oneOf(type, member) : built(type);
    }

    private Object constant(Class<?> type) {
        try {
            List<Field> constants = Arrays.stream(type.getFields())
                    .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == type)
                    .toList();
            return constants.get(variant % constants.size()).get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read a constant of " + type.getName(), e);
        }
    }

    private Object oneOf(Class<?> type, String member) {
        List<Method> variants = Arrays.stream(type.getDeclaredFields())
                .flatMap(field -> Arrays.stream(type.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> method.getName()
                                .equalsIgnoreCase("of" + field.getName().replace("_", "")))
                        .filter(method -> !List.of(method.getParameterTypes()).contains(JsonValue.class)))
                .toList();
        Method chosen = variants.get(variant % variants.size());
        return chosen.getParameterCount() == 0
                ? SdkMethod.call(null, chosen)
                : SdkMethod.call(null, chosen, value(chosen.getGenericParameterTypes()[0], member));
    }

    private static Set<String> members(Class<?> type) {
        Set<String> names = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            boolean getter = Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getParameterCount() == 0
                    && method.getReturnType() != void.class;
            if (getter && !NO_MEMBER.matcher(method.getName()).matches()) {
                names.add(method.getName());
            }
        }
        return names;
    }

    private static Type content(Type type) {
        return raw(type) == Optional.class ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof Class<?> known ? known : Object.class;
    }

    private static Type boxed(Type type) {
        if (type == long.class) {
            return Long.class;
        }
        if (type == double.class) {
            return Double.class;
        }
        if (type == float.class) {
            return Float.class;
        }
        return type == boolean.class ? Boolean.class : type;
    }
}
