package dev.gateway4j.cassette.internal.scrub;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What members, parameters and headers are called whose value is a credential. Capitals, hyphens and underscores do not count. */
final class Words {
    private static final List<String> ENDINGS = List.of(
            "apikey",
            "apitoken",
            "accesskey",
            "accesskeyid",
            "secretkey",
            "accesstoken",
            "refreshtoken",
            "authtoken",
            "sessiontoken",
            "securitytoken",
            "bearertoken",
            "secret",
            "password",
            "passwd",
            "passphrase",
            "authorization",
            "privatekey",
            "accountkey",
            "sharedaccesskey",
            "sharedaccesssignature",
            "subscriptionkey",
            "connectionstring",
            "signingkey",
            "encryptionkey",
            "masterkey",
            "credential",
            "credentials",
            "setcookie",
            "personaltoken",
            "oauthtoken");
    private static final Set<String> EXACT =
            Set.of("idtoken", "jwt", "hftoken", "githubtoken", "bottoken", "deploytoken", "authkey");
    private static final Set<String> PARAMETERS =
            Set.of("key", "token", "sig", "signature", "auth", "pwd", "xamzcredential", "xgoogcredential", "hmac");
    private static final Set<String> SIGNATURES = Set.of(
            "sig",
            "signature",
            "xamzsignature",
            "xgoogsignature",
            "xosssignature",
            "googleaccessid",
            "awsaccesskeyid",
            "keypairid");
    private static final Set<String> SIGNED = Set.of(
            "sig",
            "se",
            "sp",
            "sv",
            "sr",
            "st",
            "spr",
            "sip",
            "skoid",
            "sktid",
            "skt",
            "ske",
            "sks",
            "skv",
            "ss",
            "srt",
            "signature",
            "expires",
            "policy",
            "keypairid",
            "awsaccesskeyid",
            "googleaccessid",
            "token",
            "key",
            "rscc",
            "rscd",
            "rsct");
    private static final Set<String> ORGANISATIONS =
            Set.of("organization", "organizationid", "orgid", "organizationuuid", "orguuid");
    private static final int LONGEST = 64;

    private Words() {}

    /** The name without what does not count; empty if it is too long to mean anything. */
    static String plain(String name) {
        if (name.length() > LONGEST) {
            return "";
        }
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (Chars.is(name.charAt(i), Chars.WORD)) {
                plain.append(name.charAt(i));
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    /** True if whatever bears this plain name is a credential. */
    static boolean isCredential(String plain) {
        if (EXACT.contains(plain)) {
            return true;
        }
        for (String ending : ENDINGS) {
            if (plain.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** True if what bears this plain name may be a credential, if it looks like one. */
    static boolean isDoubtful(String plain) {
        return plain.equals("token") || plain.equals("cookie");
    }

    /** True if a parameter of a URL or form with this plain name is one. */
    static boolean isParameter(String plain) {
        return PARAMETERS.contains(plain) || isCredential(plain);
    }

    /** True if a parameter with this plain name signs the URL. */
    static boolean isSignature(String plain) {
        return SIGNATURES.contains(plain);
    }

    /** True if a parameter with this plain name belongs to what signs a URL. */
    static boolean isSigned(String plain) {
        return SIGNED.contains(plain)
                || plain.startsWith("xamz")
                || plain.startsWith("xgoog")
                || plain.startsWith("xoss");
    }

    /** True if a member with this plain name holds the id of an account, where its value looks like an id. */
    static boolean isOrganisation(String plain) {
        return ORGANISATIONS.contains(plain);
    }
}
