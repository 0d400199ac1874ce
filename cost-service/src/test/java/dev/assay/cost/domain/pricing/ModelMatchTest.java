package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMatchTest {

    @ParameterizedTest(name = "{1} of {0} is priced as {2} ({3})")
    @CsvSource({
        "openai,          gpt-4o,                            gpt-4o,                                       exact",
        "openai,          GPT-4o,                            gpt-4o,                                       exact",
        "openai,          gpt-4o-2024-08-06,                 gpt-4o-2024-08-06,                            exact",
        "openai,          gpt-4o-2031-01-31,                 gpt-4o,                                       date_suffix",
        "openai,          openai/gpt-4o,                     gpt-4o,                                       resource_name",
        "anthropic,       claude-sonnet-4-5-20250929,        claude-sonnet-4-5-20250929,                   exact",
        "anthropic,       claude-sonnet-4-5-20310131,        claude-sonnet-4-5,                            date_suffix",
        "anthropic,       claude-sonnet-4-5-latest,          claude-sonnet-4-5,                            version_suffix",
        "azure.ai.openai, gpt-4o,                            azure/gpt-4o,                                 provider_prefix",
        "azure,           azure/gpt-4o,                      azure/gpt-4o,                                 exact",
        "azure,           eu/gpt-4o-2024-08-06,              azure/eu/gpt-4o-2024-08-06,                   provider_prefix",
        "azure.ai.openai, gpt-4o-mini-2024-07-18.ft-0a1b2c,  azure/gpt-4o-mini-2024-07-18,                 fine_tune",
        "gcp.gemini,      gemini-2.5-pro,                    gemini/gemini-2.5-pro,                        provider_prefix",
        "gcp.gemini,      models/gemini-2.5-pro,             gemini/gemini-2.5-pro,                        resource_name",
        "gcp.vertex_ai,   gemini-2.5-pro,                    gemini-2.5-pro,                               exact",
        "gcp.gen_ai,      gemini-2.5-pro,                    gemini/gemini-2.5-pro,                        provider_prefix",
        "gcp.vertex_ai,   claude-sonnet-4-5@20250929,        vertex_ai/claude-sonnet-4-5@20250929,         provider_prefix",
        "gcp.vertex_ai,   claude-sonnet-4-5@default,         vertex_ai/claude-sonnet-4-5,                  version_suffix",
        "gcp.vertex_ai,   projects/p/locations/eu/publishers/google/models/gemini-2.5-pro, gemini-2.5-pro, resource_name",
        "x_ai,            grok-3-mini,                       xai/grok-3-mini,                              provider_prefix",
        "mistral_ai,      mistral-large-latest,              mistral/mistral-large-latest,                 provider_prefix",
        "mistral_ai,      mistral-large,                     mistral/mistral-large-latest,                 latest",
        "groq,            openai/gpt-oss-120b,               groq/openai/gpt-oss-120b,                     provider_prefix",
        "fireworks,       accounts/fireworks/models/qwen3-32b, fireworks_ai/accounts/fireworks/models/qwen3-32b, provider_prefix",
        "openrouter,      anthropic/claude-opus-4.6,         openrouter/anthropic/claude-opus-4.6,         provider_prefix",
        "aws.bedrock,     anthropic.claude-3-haiku-20240307-v1:0, anthropic.claude-3-haiku-20240307-v1:0,  exact",
        "aws.bedrock,     us.anthropic.claude-sonnet-4-5-20250929-v1:0, us.anthropic.claude-sonnet-4-5-20250929-v1:0, exact",
        "aws.bedrock,     sa.anthropic.claude-sonnet-4-5-20250929-v1:0, anthropic.claude-sonnet-4-5-20250929-v1:0, region_prefix",
        "aws.bedrock,     anthropic.claude-3-haiku-20240307-v1:0:48k, anthropic.claude-3-haiku-20240307-v1:0, version_suffix",
        "aws.bedrock,     arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0, amazon.nova-pro-v1:0, resource_name",
        "aws.bedrock,     arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-v2:1, bedrock/eu-central-1/anthropic.claude-v2:1, resource_name",
        "aws.bedrock,     eu-central-1/anthropic.claude-v2:1, bedrock/eu-central-1/anthropic.claude-v2:1,           provider_prefix",
        "aws.bedrock,     arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0, us.amazon.nova-pro-v1:0, resource_name",
        "openai,          ft:gpt-4o-2024-08-06:acme::9x8y7z,  ft:gpt-4o-2024-08-06,                        fine_tune",
        "'',              gpt-4o,                            gpt-4o,                                       name_only",
        "'',              gemini-2.5-pro,                    gemini-2.5-pro,                               name_only",
        "'',              grok-3-mini,                       xai/grok-3-mini,                              name_only",
        "litellm,         claude-sonnet-4-5,                 claude-sonnet-4-5,                            name_only",
        "openai,          claude-sonnet-4-5,                 claude-sonnet-4-5,                            name_only",
        "our-gateway,     gpt-4o,                            gpt-4o,                                       name_only",
    })
    void leadsToARow(String provider, String model, String key, String rule) {
        assertThat(match(provider, model)).hasValueSatisfying(match -> {
            assertThat(match.row().key()).isEqualTo(key);
            assertThat(match.rule().label()).isEqualTo(rule);
        });
    }

    @ParameterizedTest(name = "{1} of {0} is unknown")
    @CsvSource({
        "openai,          gpt-99",
        "openai,          ft:gpt-99:acme::1",
        "openai,          ''",
        "azure.ai.openai, my-deployment",
        "azure.ai.openai, claude-3-opus-20240229", // another seller's price is no price
        "aws.bedrock,     arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3",
        "aws.bedrock,     gpt-4o",
        "groq,            gpt-4o",
        "vllm,            grok-3-mini", // hosted by somebody else: the maker's price would be a guess
        "custom,          custom/test-model",
        "'',              fallback_generalizations",
        "'',              sample_spec",
    })
    void isUnknownRatherThanGuessed(String provider, String model) {
        assertThat(match(provider, model)).isEmpty();
    }

    @ParameterizedTest(name = "response {0}, request {1}: {2}")
    @CsvSource({
        "gpt-4o-mini, gpt-4o, gpt-4o-mini",
        "'',          gpt-4o, gpt-4o",
        "gpt-99,      gpt-4o, gpt-4o", // the answer's name is unknown: what was asked for
    })
    void goesByTheResponsesModelFirst(String responseModel, String requestModel, String key) {
        assertThat(ShippedPrices.CATALOGUE.match("openai", responseModel, requestModel))
                .hasValueSatisfying(match -> assertThat(match.row().key()).isEqualTo(key));
    }

    private static Optional<PriceMatch> match(String provider, String model) {
        return ShippedPrices.CATALOGUE.match(provider, model, model);
    }
}
