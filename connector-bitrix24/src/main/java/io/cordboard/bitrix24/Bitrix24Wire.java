// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.util.Map;
import okhttp3.MultipartBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.FieldMap;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.GET;
import retrofit2.http.Multipart;
import retrofit2.http.POST;
import retrofit2.http.Part;
import retrofit2.http.QueryMap;
import retrofit2.http.Url;

/** The requests that a portal understands. */
interface Bitrix24Wire {
    @POST
    Call<ResponseBody> method(@Url String address, @Body Map<String, Object> params);

    @GET
    Call<ResponseBody> token(@Url String address, @QueryMap Map<String, String> question);

    @FormUrlEncoded
    @POST
    Call<ResponseBody> tokenByPost(@Url String address, @FieldMap Map<String, String> question);

    @Multipart
    @POST
    Call<ResponseBody> upload(@Url String address, @Part MultipartBody.Part file);
}
